package io.trigrun.spi;

import io.trigrun.handler.Outcome;

/**
 * How an attempt went and what follows from it.
 *
 * @param followUps stored in the same atomic write as the outcome, or not at all
 */
public record HandlerResult(Outcome outcome, WriteSet followUps) {

  public static HandlerResult of(Outcome outcome) {
    return new HandlerResult(outcome, WriteSet.empty());
  }
}
