package io.trigrun.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * Never fires by itself. The job runs through run-now or a trigger, as often as asked, and is not
 * completed by a run.
 */
public record ManualSchedule() implements Schedule {

  @Override
  public Kind kind() {
    return Kind.MANUAL;
  }

  @Override
  public Optional<Instant> next(Instant after, Instant anchor) {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> first(Instant anchor) {
    return Optional.empty();
  }

  /** True: although nothing fires by itself, a run does not complete the job. */
  @Override
  public boolean repeats() {
    return true;
  }
}
