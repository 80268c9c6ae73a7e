package io.trigrun.spi;

import io.trigrun.handler.Outcome;

/**
 * How an attempt went and what it leaves behind.
 *
 * @param boundary stored in the same atomic write as the outcome, or not at all. Its checkpoint
 *     goes before the outcome's, and is kept whatever the outcome is: a run that fails keeps its
 *     place. Its {@code consumed} is added to what a claim handed out, all of which an attempt that
 *     has not failed consumes anyway. One that a store can't hold makes the attempt a failed one
 *     for good, {@code UNUSABLE_OUTCOME}, and nothing of it is stored
 */
public record HandlerResult(Outcome outcome, Boundary boundary) {

  public static HandlerResult of(Outcome outcome) {
    return new HandlerResult(outcome, Boundary.empty());
  }

  /** With what follows from it. */
  public static HandlerResult of(Outcome outcome, WriteSet followUps) {
    return new HandlerResult(outcome, Boundary.of(followUps));
  }

  public static HandlerResult of(Outcome outcome, Boundary boundary) {
    return new HandlerResult(outcome, boundary);
  }

  /** The same, with this stored along with it, too. */
  public HandlerResult plus(WriteSet followUps) {
    return new HandlerResult(outcome, boundary.plus(followUps));
  }
}
