/**
 * Triggers as they are stored, and what is done about a delivery: token, signature, body, delivery
 * id, run. Tells nobody anything; {@link io.trigrun.workflow.inbound} answers.
 */
@NullMarked
package io.trigrun.workflow.internal.trigger;

import org.jspecify.annotations.NullMarked;
