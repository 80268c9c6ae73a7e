package io.trigrun.workflow;

import io.trigrun.signing.Verification;
import java.time.Duration;
import java.util.UUID;

/** What became of a delivery. For the host: the sender is told no more than he has to know. */
public sealed interface TriggerReceipt {

  /** It has started a run, which no crash can lose any more. */
  record Started(UUID executionId) implements TriggerReceipt {}

  /** It was delivered before. */
  record Repeated(UUID executionId) implements TriggerReceipt {}

  /** Nobody has the token. */
  record Unknown() implements TriggerReceipt {}

  /** The job is paused or a draft: nothing was started, and nothing will be. */
  record Inactive(UUID jobId) implements TriggerReceipt {}

  /**
   * It did not prove who has sent it.
   *
   * @param uniform whether the sender is to believe that nobody has the token
   */
  record Refused(UUID jobId, Verification why, boolean uniform) implements TriggerReceipt {}

  /** A question that only proves that somebody is there, and the answer to it. */
  record Challenge(String answer) implements TriggerReceipt {}

  /**
   * The body does not read as what it says it is, or is nested too deeply.
   *
   * @param message what was expected; nothing of the body
   */
  record Unreadable(String message) implements TriggerReceipt {}

  /**
   * The body is too long.
   *
   * @param most how many bytes it may have
   */
  record TooLarge(int most) implements TriggerReceipt {}

  /** Too many came, or too many failures. */
  record TooBusy(Duration retryAfter) implements TriggerReceipt {}

  /** A secret can't be had now, so that nothing can be checked. */
  record Unavailable(UUID jobId) implements TriggerReceipt {}
}
