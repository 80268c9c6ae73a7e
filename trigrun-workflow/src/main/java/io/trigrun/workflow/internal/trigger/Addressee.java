package io.trigrun.workflow.internal.trigger;

import io.trigrun.Job;
import java.util.Optional;
import java.util.UUID;

/**
 * Whom a delivery is for.
 *
 * @param triggerId bound into the ciphertexts of its secrets
 * @param job as it is stored now
 * @param isKnown whether there is such a trigger; if not, this one only looks like one
 */
record Addressee(
    UUID triggerId,
    String workspace,
    UUID jobId,
    Optional<Job> job,
    TriggerDocument document,
    boolean isKnown) {

  /** Whether a sender who proves nothing must not learn that there is such a trigger. */
  boolean isUniform() {
    return !isKnown || document.spec().uniformResponse();
  }
}
