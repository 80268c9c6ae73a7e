package io.trigrun.internal;

import io.trigrun.Job;
import io.trigrun.RateLimit;
import io.trigrun.Trigger;
import io.trigrun.spi.ClaimedExecution.Reason;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which rate limits an attempt is under. */
final class Rates {

  private record Limit(String key, RateLimit rate) {}

  /**
   * The rates of an attempt.
   *
   * @param rates none if it may start at any time
   * @param tolerance how long after its turn it may start; windows of turns are longer than those
   *     of starts by as much, so that one that starts late and one that starts at once are no
   *     nearer than they may be
   */
  record Limited(List<Rate> rates, Duration tolerance) {
    static final Limited NOT = new Limited(List.of(), Duration.ZERO);
  }

  /** RFC 1035: no longer one has an address, so that a call of it fails by itself. */
  private static final int LONGEST_HOST = 253;

  private static final Duration LEAST_TOLERANCE = Duration.ofMillis(10);
  private static final Duration MOST_TOLERANCE = Duration.ofMillis(100);

  private final RateLimits limits;
  private final boolean exact;

  /**
   * @param exact whether attempts start at their very turns, as they do when time stands still
   */
  Rates(RateLimits limits, boolean exact) {
    this.limits = limits;
    this.exact = exact;
  }

  /** None for most: then nothing is asked and nothing allocated. */
  Limited of(Run run, HandlerRegistration handler) {
    Optional<Job> job = run.job();
    @Nullable RateLimit ofJob = job.isPresent() ? job.get().spec().rateLimit().orElse(null) : null;
    @Nullable RateLimit ofHandler = limits.handlers().get(handler.name());
    boolean mayHaveHost = limits.areOfHosts();
    if ((ofJob == null && ofHandler == null && !mayHaveHost) || !isStart(run)) {
      return Limited.NOT;
    }
    List<Limit> found = new ArrayList<>(3);
    if (ofJob != null) {
      found.add(new Limit("job:" + run.execution().jobId().orElseThrow(), ofJob));
    }
    if (ofHandler != null) {
      found.add(new Limit("handler:" + handler.name(), ofHandler));
    }
    if (mayHaveHost) {
      host(run, handler)
          .ifPresent(
              host ->
                  limits
                      .ofHost(host)
                      .ifPresent(limit -> found.add(new Limit("host:" + host, limit))));
    }
    return limited(found);
  }

  /** What goes on after a wait has started before; what keeps schedules is no job's run. */
  private static boolean isStart(Run run) {
    return run.execution().trigger() != Trigger.SYSTEM
        && run.claimed().reason() != Reason.WAIT_EXPIRED
        && run.claimed().wakeUps().isEmpty();
  }

  /** A handler that can't say fails when it is called, which is where that is dealt with. */
  private static Optional<String> host(Run run, HandlerRegistration handler) {
    try {
      return handler
          .handler()
          .targetHost(run)
          .filter(host -> host.length() <= LONGEST_HOST)
          .map(RateLimits::canonical);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private Limited limited(List<Limit> limits) {
    if (limits.isEmpty()) {
      return Limited.NOT;
    }
    Duration tolerance =
        exact
            ? Duration.ZERO
            : limits.stream()
                .map(limit -> tolerance(limit.rate().per()))
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    return new Limited(limits.stream().map(this::rate).toList(), tolerance);
  }

  private Rate rate(Limit limit) {
    Duration per = limit.rate().per();
    return new Rate(limit.key(), limit.rate().limit(), exact ? per : per.plus(tolerance(per)));
  }

  private static Duration tolerance(Duration per) {
    Duration part = per.dividedBy(20);
    return part.compareTo(LEAST_TOLERANCE) < 0
        ? LEAST_TOLERANCE
        : part.compareTo(MOST_TOLERANCE) > 0 ? MOST_TOLERANCE : part;
  }
}
