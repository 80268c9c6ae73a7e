/**
 * How command jobs run (row S17): {@link io.trigrun.internal.command.CommandJobHandler} starts a
 * process, one thread of the engine reads its output and watches its time, and what must end ends
 * with everything it has started. Not exported.
 */
@NullMarked
package io.trigrun.internal.command;

import org.jspecify.annotations.NullMarked;
