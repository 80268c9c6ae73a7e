/** What ties an execution to the trace in which it was enqueued (row S26), without any tracer. */
@NullMarked
package io.trigrun.trace;

import org.jspecify.annotations.NullMarked;
