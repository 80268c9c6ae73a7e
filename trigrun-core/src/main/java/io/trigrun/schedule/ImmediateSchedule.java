package io.trigrun.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * Fires once, at its anchor: the moment the job becomes active (kind {@code one_time}, row S3).
 * Since it means "as soon as possible" and not an instant, it is never missed, however late.
 */
public record ImmediateSchedule() implements Schedule {

  @Override
  public Kind kind() {
    return Kind.ONE_TIME;
  }

  /** The anchor when {@code after} lies before it, else empty. */
  @Override
  public Optional<Instant> next(Instant after, Instant anchor) {
    return after.isBefore(anchor) ? Optional.of(anchor) : Optional.empty();
  }

  @Override
  public Optional<Instant> first(Instant anchor) {
    return Optional.of(anchor);
  }

  @Override
  public boolean repeats() {
    return false;
  }
}
