/**
 * Two workflows in one small host: a review that a person decides, and orders that wait to be paid.
 */
@NullMarked
package io.trigrun.examples.approval;

import org.jspecify.annotations.NullMarked;
