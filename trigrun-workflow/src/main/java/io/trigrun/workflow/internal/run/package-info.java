/**
 * How runs of workflows go: a pure {@link io.trigrun.workflow.internal.run.Machine} that walks the
 * steps, its {@link io.trigrun.workflow.internal.run.RunState}, and the driver that does what it
 * asks for and records what it says.
 */
@NullMarked
package io.trigrun.workflow.internal.run;

import org.jspecify.annotations.NullMarked;
