/**
 * Callbacks with the results of runs (row S14): planned with the end of a run, sent on their own.
 */
@NullMarked
package io.trigrun.internal.callback;

import org.jspecify.annotations.NullMarked;
