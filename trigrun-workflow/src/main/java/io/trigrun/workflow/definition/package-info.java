/**
 * What a workflow is: steps, in Java and in JSON one and the same. Immutable, checked when made.
 */
@NullMarked
package io.trigrun.workflow.definition;

import org.jspecify.annotations.NullMarked;
