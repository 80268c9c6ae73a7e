/**
 * Workflows: runs of several steps that survive a restart, wait for callbacks and ask people to
 * decide.
 *
 * <p>A workflow run is an execution of core, with its cursor kept as the checkpoint of that
 * execution; this package adds the model of the steps and the operations on runs. It knows core and
 * never the notifications.
 */
@NullMarked
package io.trigrun.workflow;

import org.jspecify.annotations.NullMarked;
