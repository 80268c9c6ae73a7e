/** What workflows add to the HTTP surface for management. */
@NullMarked
package io.trigrun.workflow.internal.management;

import org.jspecify.annotations.NullMarked;
