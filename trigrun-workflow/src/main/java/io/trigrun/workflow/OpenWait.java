package io.trigrun.workflow;

import io.trigrun.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a parked run waits for (rows W5, W6, W9).
 *
 * @param stepId the step that waits
 * @param iteration the elements of the for-eaches around it, the outermost first
 * @param reason {@code wait_for_webhook}, {@code approval}, {@code delay}, {@code retry}, {@code
 *     workflow}, or {@code handler_missing}: no node that looked had the step's handler
 * @param payload an object: {@code resume_url} of a wait, {@code review_url}, {@code approve_url}
 *     and {@code reject_url} of an approval ({@code approvers} with these for each, if it names
 *     some). Whoever has these addresses can answer: give them to nobody else
 * @param expiresAt when it is over without an answer
 */
public record OpenWait(
    String stepId,
    List<Integer> iteration,
    String reason,
    Json payload,
    Optional<Instant> expiresAt) {

  public OpenWait {
    iteration = List.copyOf(iteration);
  }

  /** Without the payload: its addresses are credentials. */
  @Override
  public String toString() {
    return "OpenWait[" + stepId + ", " + reason + ", expiresAt=" + expiresAt + "]";
  }
}
