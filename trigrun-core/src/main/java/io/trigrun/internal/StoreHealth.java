package io.trigrun.internal;

import io.trigrun.event.TrigRunEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store works, as the engine's loops find it. Says so once per outage, in the log and
 * to the listeners. A store may fail in one part and work in another, a full disk for example: the
 * outage is over when every part that failed works again.
 */
public final class StoreHealth {

  /** What the engine asks of the store. */
  enum Part {
    CLAIM,
    RECORD,
    EXTEND,
    READ
  }

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.store");

  private record Outage(Instant since, String reason) {}

  private final Clock clock;
  private final EventBus events;
  private final Set<Part> failing = EnumSet.noneOf(Part.class);
  private volatile @Nullable Outage outage;
  private volatile @Nullable Instant lastClaim;

  public StoreHealth(Clock clock, EventBus events) {
    this.clock = clock;
    this.events = events;
  }

  synchronized void failed(Part part, Throwable cause) {
    String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    failing.add(part);
    Outage known = outage;
    if (known == null) {
      Instant now = clock.instant();
      outage = new Outage(now, reason);
      LOG.warn("The store does not work; backing off and trying again until it does", cause);
      events.tell(new TrigRunEvent.StoreUnavailable(now, reason));
    } else {
      outage = new Outage(known.since(), reason);
    }
  }

  /** A part works, or nobody waits for it any more. */
  void worked(Part part) {
    if (outage != null) {
      recovered(part);
    }
  }

  void claimed() {
    lastClaim = clock.instant();
    worked(Part.CLAIM);
  }

  private synchronized void recovered(Part part) {
    failing.remove(part);
    Outage ended = outage;
    if (ended != null && failing.isEmpty()) {
      outage = null;
      LOG.info("The store works again, after an outage since {}", ended.since());
      events.tell(new TrigRunEvent.StoreRecovered(clock.instant(), ended.since()));
    }
  }

  public Optional<String> reason() {
    return Optional.ofNullable(outage).map(Outage::reason);
  }

  public Optional<Instant> since() {
    return Optional.ofNullable(outage).map(Outage::since);
  }

  public Optional<Instant> lastClaim() {
    return Optional.ofNullable(lastClaim);
  }
}
