package io.trigrun.notify;

import java.time.Instant;
import java.util.Optional;

/**
 * How a channel with {@link AutoDisable} does (row N20). Pure.
 *
 * @param faults how many answers in a row said that the channel can't be used
 * @param failingSince when the first attempt failed after the last success
 * @param disabled since when and why nothing is sent any more, if so
 */
public record ChannelHealth(
    int faults, Optional<Instant> failingSince, Optional<Disabled> disabled) {

  static final ChannelHealth GOOD = new ChannelHealth(0, Optional.empty(), Optional.empty());

  /**
   * That a channel is disabled.
   *
   * @param at since when
   * @param reason what it was disabled for
   */
  public record Disabled(Instant at, String reason) {}

  /** What an attempt says about the channel. */
  enum Sign {
    /** A message has arrived. */
    SENT,
    /** None arrived this time. */
    FAILED,
    /** None can arrive until somebody changes the channel. */
    FAULT,
    /** The receiver wants no more. */
    GONE
  }

  /** Whether the sign would make a difference: most would not. */
  boolean isNews(Sign sign, Instant at, AutoDisable when) {
    return !after(sign, "", at, when).equals(this);
  }

  ChannelHealth after(Sign sign, String reason, Instant at, AutoDisable when) {
    if (disabled.isPresent()) {
      return this; // until somebody enables it
    }
    if (sign == Sign.SENT) {
      return GOOD;
    }
    int count = sign == Sign.FAILED ? faults : faults + 1;
    Instant since = failingSince.orElse(at);
    boolean isOver =
        sign == Sign.GONE || count >= when.faults() || !at.isBefore(since.plus(when.failing()));
    return new ChannelHealth(
        count,
        Optional.of(since),
        isOver ? Optional.of(new Disabled(at, reason)) : Optional.empty());
  }
}
