package io.trigrun.workflow.internal.inbound;

import io.trigrun.workflow.internal.link.LinkKeys;
import io.trigrun.workflow.internal.link.WaitLink;
import java.time.Clock;

/**
 * Shows that a form was filled in on a page of ours, in the last one to two hours: a form elsewhere
 * that posts here does not have it.
 */
record PageNonce(LinkKeys keys, Clock clock) {

  private static final long HOUR_MILLIS = 3_600_000;

  String of(WaitLink link) {
    return keys.seal(link, label(hour()));
  }

  boolean holds(WaitLink link, String nonce) {
    long hour = hour();
    return keys.isSealed(link, label(hour), nonce) || keys.isSealed(link, label(hour - 1), nonce);
  }

  private long hour() {
    return Math.floorDiv(clock.millis(), HOUR_MILLIS);
  }

  private static String label(long hour) {
    return "page/" + hour;
  }
}
