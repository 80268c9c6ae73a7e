package io.trigrun.notify;

import io.trigrun.RateLimit;
import java.time.Instant;
import java.util.Optional;

/**
 * How a channel is kept from being a nuisance, or useless (row N20). All of it is off unless asked
 * for, and follows from events and clock alone. What it holds back is visible: a delivery that
 * waits says what for, one that is not sent has failed and says why.
 *
 * @param autoDisable when it is disabled for not working
 * @param pace how many messages it gets at most within a time, in the whole cluster; what is too
 *     much waits for its turn, however long, and uses up no attempt. Each attempt takes a turn
 * @param quietHours when it is not to be disturbed
 * @param mutedUntil until then nothing is sent: deliveries fail with {@code muted}
 */
public record NoiseControl(
    Optional<AutoDisable> autoDisable,
    Optional<RateLimit> pace,
    Optional<QuietHours> quietHours,
    Optional<Instant> mutedUntil) {

  private static final NoiseControl OFF =
      new NoiseControl(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Each message is sent as soon as it can be. */
  public static NoiseControl off() {
    return OFF;
  }

  /** The same, disabled for not working. */
  public NoiseControl withAutoDisable(AutoDisable value) {
    return new NoiseControl(Optional.of(value), pace, quietHours, mutedUntil);
  }

  /** The same at this pace. */
  public NoiseControl withPace(RateLimit value) {
    return new NoiseControl(autoDisable, Optional.of(value), quietHours, mutedUntil);
  }

  /** The same with these quiet hours. */
  public NoiseControl withQuietHours(QuietHours value) {
    return new NoiseControl(autoDisable, pace, Optional.of(value), mutedUntil);
  }

  /** The same, muted until an instant. */
  public NoiseControl mutedUntil(Instant value) {
    return new NoiseControl(autoDisable, pace, quietHours, Optional.of(value));
  }
}
