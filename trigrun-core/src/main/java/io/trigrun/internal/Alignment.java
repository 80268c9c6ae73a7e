package io.trigrun.internal;

import io.trigrun.spi.JobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node's clock at the time of the store, which is the same for all nodes. Measures how far
 * they are apart, with the store's answer taken for the middle of the round trip, and changes
 * nothing while that may be an error of the measurement.
 */
public final class Alignment {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.clock");

  /** How long a measurement holds when nothing else asks for one. */
  static final Duration IDLE = Duration.ofSeconds(30);

  /** A host's clock that has run ahead or behind by this much was set. */
  private static final Duration JUMP = Duration.ofMillis(500);

  private static final Duration WORTH_A_WARNING = Duration.ofSeconds(1);
  private static final Duration TOLERANCE = Duration.ofMillis(1);
  private static final Duration GOOD_ROUND_TRIP = Duration.ofMillis(100);
  private static final int TRIES = 3;

  /** A store's clock as seen from here. */
  private record Measured(Duration offset, Duration roundTrip) {}

  /** When something was, by elapsed time and by the host's clock. */
  private record Moment(long nanos, Instant shown) {}

  private final JobStore store;
  private final AlignedClock clock;
  private final LongSupplier nanos;
  private final boolean wanted;
  private volatile Optional<Moment> measured = Optional.empty();
  private volatile Optional<Moment> failed = Optional.empty();
  private boolean far;

  /**
   * @param wanted false takes the host's clock as it is
   */
  public Alignment(JobStore store, Clock host, boolean wanted) {
    this(store, host, wanted, System::nanoTime);
  }

  Alignment(JobStore store, Clock host, boolean wanted, LongSupplier nanos) {
    this.store = store;
    this.clock = new AlignedClock(host, nanos);
    this.wanted = wanted;
    this.nanos = nanos;
  }

  /** The clock that everything goes by. */
  Clock clock() {
    return clock;
  }

  /** How much is added to the host's clock. */
  public Duration offset() {
    return clock.offset();
  }

  /**
   * Measures if the last time is too long ago, or the host's clock was set since.
   *
   * @throws RuntimeException if the store does not work and has never been asked with success: then
   *     nobody knows what the time is
   */
  void keep(Duration atMostOld) {
    if (wanted && !isYounger(measured, atMostOld)) {
      measure(atMostOld);
    }
  }

  private synchronized void measure(Duration atMostOld) {
    if (isYounger(measured, atMostOld)) {
      return;
    }
    try {
      measure();
    } catch (RuntimeException e) {
      failed = Optional.of(moment());
      if (measured.isEmpty()) {
        throw e;
      }
      LOG.debug("The store's clock can't be read; going by what is known", e);
    }
  }

  /** As {@link #keep}, for calls of the host: they can do without, and must not wait long. */
  void tryToKeep() {
    if (isYounger(failed, IDLE)) {
      return;
    }
    try {
      // The poller of a node that is started is faster, so that nobody waits for this.
      keep(IDLE.multipliedBy(2));
    } catch (RuntimeException e) {
      LOG.debug("The store's clock can't be read yet; going by the host's", e);
    }
  }

  /** The time, after a look at the store's clock if that is due. */
  Instant nowForHost() {
    tryToKeep();
    return clock.instant();
  }

  private Moment moment() {
    return new Moment(nanos.getAsLong(), clock.host().instant());
  }

  /** Whether it was less long ago than that, and the host's clock has not been set since. */
  private boolean isYounger(Optional<Moment> then, Duration age) {
    if (then.isEmpty()) {
      return false;
    }
    Moment now = moment();
    Duration elapsed = Duration.ofNanos(now.nanos() - then.get().nanos());
    Duration shown = Duration.between(then.get().shown(), now.shown());
    return elapsed.compareTo(age) < 0 && shown.minus(elapsed).abs().compareTo(JUMP) <= 0;
  }

  private void measure() {
    Optional<Measured> best = Optional.empty();
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Measured> next = ask();
      if (next.isEmpty()) {
        break;
      }
      if (best.isEmpty() || next.get().roundTrip().compareTo(best.get().roundTrip()) < 0) {
        best = next;
      }
      if (best.get().roundTrip().compareTo(GOOD_ROUND_TRIP) <= 0) {
        break;
      }
    }
    best.ifPresent(this::follow);
    measured = Optional.of(moment());
    failed = Optional.empty();
  }

  private Optional<Measured> ask() {
    long sent = nanos.getAsLong();
    Instant before = clock.host().instant();
    Optional<Instant> answer = store.now();
    Duration roundTrip = Duration.ofNanos(nanos.getAsLong() - sent);
    return answer.map(
        now -> new Measured(Duration.between(before.plus(roundTrip.dividedBy(2)), now), roundTrip));
  }

  private void follow(Measured measurement) {
    Duration error = measurement.roundTrip().dividedBy(2).plus(TOLERANCE);
    if (measurement.offset().minus(clock.offset()).abs().compareTo(error) > 0) {
      clock.set(measurement.offset());
    }
    warn(clock.offset());
  }

  private void warn(Duration offset) {
    boolean farNow = offset.abs().compareTo(WORTH_A_WARNING) > 0;
    if (farNow && !far) {
      LOG.warn(
          "This host's clock is {} {} the store's, expected at most 1 s; the node goes by the"
              + " store's. Fix: let a time service (NTP, chrony) keep the clocks of the host and of"
              + " the database",
          offset.abs(),
          offset.isNegative() ? "ahead of" : "behind");
    } else if (far && !farNow) {
      LOG.info("This host's clock agrees with the store's again");
    }
    far = farNow;
  }
}
