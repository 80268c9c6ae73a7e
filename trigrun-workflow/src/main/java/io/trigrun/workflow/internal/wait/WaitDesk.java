package io.trigrun.workflow.internal.wait;

import java.util.Optional;
import java.util.UUID;

/** Where answers to waits are handed in. Called by many threads. */
public interface WaitDesk {

  /**
   * A wait, open or not.
   *
   * @return empty if there is none: not yet, or not any more
   */
  Optional<WaitView> view(UUID executionId, String waitKey);

  /**
   * Hands in an answer. Exactly one answer settles a wait (for an approval of several, one for each
   * approver); the others learn which.
   *
   * @param kind what the answer is for: one for the other kind of wait is {@link Settlement.Gone},
   *     if it came before the wait began, too
   * @param inputJson for a webhook, what was posted; for an approval <code>
   *     {"decision", "approver", "claimed_by", "verified_by", "comment"}</code>, the last four
   *     {@code null} if unknown
   */
  Settlement settle(UUID executionId, String waitKey, WaitView.Kind kind, String inputJson);
}
