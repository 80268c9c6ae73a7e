package io.trigrun.spi;

import io.trigrun.monitor.MonitorChange;

/**
 * Plans what follows from a monitor that goes down or recovers: notifications. What it returns is
 * stored in the same atomic write as the change itself, so it is neither lost nor done for a change
 * that did not happen, and never twice.
 *
 * <p>Called before the write, on a thread of the engine or, for a recovery, on the thread that
 * brings the ping; called again if the write was refused because something changed meanwhile. Must
 * have no effect of its own, and should read definitions through a {@link RevisionCache}. If it
 * throws, a monitor goes down later, when the check is retried, and a ping is not recorded and
 * throws the same.
 */
@FunctionalInterface
public interface MonitorFollowUps {

  /** What follows from it. */
  WriteSet plan(MonitorChange change);
}
