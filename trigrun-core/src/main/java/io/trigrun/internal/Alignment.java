package io.trigrun.internal;

import io.trigrun.spi.JobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** How long a transaction of the host is kept waiting when its host's clock was set. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A store's clock as seen from here. */
  private record Measured(Duration offset, Duration roundTrip) {}

  /**
   * When something was, by elapsed time and by the host's clock, and what was added to that then.
   */
  private record Moment(long nanos, Instant shown, Duration offset) {}

  private final JobStore store;
  private final AlignedClock clock;
  private final LongSupplier nanos;
  private final boolean wanted;
  private final Executor aside;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Optional<Moment> measured = Optional.empty();
  private volatile Optional<Moment> failed = Optional.empty();
  private boolean far;

  /**
   * @param wanted false takes the host's clock as it is
   */
  public Alignment(JobStore store, Clock host, boolean wanted) {
    this(store, host, wanted, System::nanoTime, look -> Workers.once("trigrun-clock", look));
  }

  /**
   * @param aside where the store is asked on behalf of who must not ask
   */
  Alignment(JobStore store, Clock host, boolean wanted, LongSupplier nanos, Executor aside) {
    this.store = store;
    this.clock = new AlignedClock(host, nanos);
    this.wanted = wanted;
    this.nanos = nanos;
    this.aside = aside;
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
    return bestKnown();
  }

  /**
   * The time, for who has a connection and must not wait for a second one: a look at the store's
   * clock that is due is left to another thread. Only when the host's clock was set, who finds that
   * waits for it a moment.
   */
  Instant nowInTransaction() {
    if (wanted && !isYounger(measured, IDLE.multipliedBy(2)) && !isYounger(failed, IDLE)) {
      lookAside();
    }
    return bestKnown();
  }

  private void lookAside() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<Void> look = new CompletableFuture<>();
    try {
      aside.execute(
          () -> {
            try {
              tryToKeep();
            } finally {
              looking.set(false);
              look.complete(null);
            }
          });
      if (measured.isEmpty() || wasSetSince(measured.get())) {
        look.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The store's clock could not be read in time", e);
    } catch (RuntimeException | Error e) { // no thread to start
      looking.set(false);
      LOG.debug("The store's clock can't be read now", e);
    }
  }

  /**
   * The aligned clock's time, unless the host's was set and nobody has been able to look since:
   * then the time that has passed, added to the time it was.
   */
  private Instant bestKnown() {
    Optional<Moment> last = measured;
    if (!wanted || last.isEmpty() || !wasSetSince(last.get())) {
      return clock.instant();
    }
    Duration passed = Duration.ofNanos(nanos.getAsLong() - last.get().nanos());
    return last.get().shown().plus(last.get().offset()).plus(passed);
  }

  private Moment moment() {
    return new Moment(nanos.getAsLong(), clock.host().instant(), clock.offset());
  }

  /** Whether it was less long ago than that, and the host's clock has not been set since. */
  private boolean isYounger(Optional<Moment> then, Duration age) {
    if (then.isEmpty()) {
      return false;
    }
    Duration elapsed = Duration.ofNanos(nanos.getAsLong() - then.get().nanos());
    return elapsed.compareTo(age) < 0 && !wasSetSince(then.get());
  }

  /** Whether the host's clock has gone another way than time. */
  private boolean wasSetSince(Moment then) {
    Moment now = moment();
    Duration elapsed = Duration.ofNanos(now.nanos() - then.nanos());
    Duration shown = Duration.between(then.shown(), now.shown());
    return shown.minus(elapsed).abs().compareTo(JUMP) > 0;
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
