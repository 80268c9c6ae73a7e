/**
 * Text with placeholders, for all parts that have some. Not for hosts: exported to modules of
 * TrigRun only.
 */
@NullMarked
package io.trigrun.template;

import org.jspecify.annotations.NullMarked;
