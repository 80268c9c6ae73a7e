package io.trigrun.workflow.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a run waits for, as of its last walk: answers of others, and times. */
final class Agenda {

  private static final Duration LONG = Duration.ofDays(366);

  private final Set<String> waitKeys = new HashSet<>();
  private Optional<Instant> nextDue = Optional.empty();

  void clear() {
    waitKeys.clear();
    nextDue = Optional.empty();
  }

  void waitsFor(String waitKey) {
    waitKeys.add(waitKey);
  }

  void dueAt(Instant at) {
    nextDue = Optional.of(nextDue.filter(due -> due.isBefore(at)).orElse(at));
  }

  Set<String> waitKeys() {
    return Set.copyOf(waitKeys);
  }

  /** Whether it waits for nothing but the ends of attempts and its deadline. */
  boolean isEmpty() {
    return waitKeys.isEmpty() && nextDue.isEmpty();
  }

  /** When somebody has to look again if nothing happens before. */
  Instant due(Instant deadline) {
    return nextDue.filter(due -> due.isBefore(deadline)).orElse(deadline);
  }

  /** The same for a run whose deadline does not come nearer while it is parked. */
  Instant dueWithoutDeadline(Instant now) {
    return nextDue.orElseGet(() -> now.plus(LONG));
  }
}
