package io.trigrun.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until somebody moves it. In UTC. Thread-safe. */
public final class ManualClock extends Clock {

  private volatile Instant now;

  private ManualClock(Instant start) {
    now = start;
  }

  /** A clock that shows an instant. */
  public static ManualClock at(Instant start) {
    return new ManualClock(start);
  }

  /** A clock that shows an instant, for example {@code "2026-03-16T10:00:00Z"}. */
  public static ManualClock at(String start) {
    return at(Instant.parse(start));
  }

  /** Moves the clock, on or back. */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  /** Moves the clock on; a negative duration moves it back. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /**
   * Not supported: instants have no zone, and nobody should read local times off a clock of tests.
   */
  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("expected a clock in UTC, got a wish for " + zone);
  }
}
