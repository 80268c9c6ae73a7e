package io.trigrun.schedule;

import io.trigrun.validation.Problems;
import java.time.Instant;
import java.util.Optional;

/**
 * Fires once, at an instant (kind {@code scheduled}, row S3).
 *
 * @param instant in the years 1 to 9999
 */
public record OnceSchedule(Instant instant) implements Schedule {

  public OnceSchedule {
    Problems.require(
        Horizon.contains(instant), "schedule.run_at", "an instant in the years 1 to 9999", instant);
  }

  @Override
  public Kind kind() {
    return Kind.SCHEDULED;
  }

  @Override
  public Optional<Instant> next(Instant after, Instant anchor) {
    return after.isBefore(instant) ? Optional.of(instant) : Optional.empty();
  }

  @Override
  public Optional<Instant> first(Instant anchor) {
    return Optional.of(instant);
  }

  @Override
  public boolean repeats() {
    return false;
  }
}
