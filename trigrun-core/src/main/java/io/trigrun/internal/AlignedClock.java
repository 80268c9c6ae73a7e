package io.trigrun.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The host's clock, set by as much as it is wrong. Set forward, it jumps. Set back by up to a
 * second, it goes at half its pace until that is made up for, so that what happens later on a node
 * is never stamped earlier. Set back by more it jumps: whoever was that wrong has no order to keep.
 */
final class AlignedClock extends Clock {

  /** How far back it is set without a jump. */
  private static final Duration MOST_MADE_UP = Duration.ofSeconds(1);

  /**
   * @param offset what is added to the host's clock in the end
   * @param back how much more it was before, and is less and less
   * @param sinceNanos when that began
   */
  private record Setting(Duration offset, Duration back, long sinceNanos) {}

  private final Clock host;
  private final LongSupplier nanos;
  private volatile Setting setting = new Setting(Duration.ZERO, Duration.ZERO, 0);

  AlignedClock(Clock host, LongSupplier nanos) {
    this.host = host;
    this.nanos = nanos;
  }

  Clock host() {
    return host;
  }

  Duration offset() {
    return setting.offset();
  }

  void set(Duration offset) {
    long nowNanos = nanos.getAsLong();
    Duration back = shown(setting, nowNanos).minus(offset);
    boolean madeUp = !back.isNegative() && back.compareTo(MOST_MADE_UP) <= 0;
    setting = new Setting(offset, madeUp ? back : Duration.ZERO, nowNanos);
  }

  private static Duration shown(Setting setting, long nowNanos) {
    if (setting.back().isZero()) {
      return setting.offset();
    }
    Duration left = setting.back().minusNanos((nowNanos - setting.sinceNanos()) / 2);
    return left.isNegative() ? setting.offset() : setting.offset().plus(left);
  }

  @Override
  public Instant instant() {
    Setting now = setting;
    return now.back().isZero()
        ? host.instant().plus(now.offset())
        : host.instant().plus(shown(now, nanos.getAsLong()));
  }

  @Override
  public ZoneId getZone() {
    return host.getZone();
  }

  /** The same time, aligned as it is now and not any more. */
  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(host.withZone(zone), setting.offset());
  }
}
