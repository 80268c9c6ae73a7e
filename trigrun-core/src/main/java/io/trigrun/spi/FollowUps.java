package io.trigrun.spi;

/**
 * Plans what follows from the end of an attempt: notifications, callbacks, chained jobs. What it
 * returns is stored in the same atomic write as the end itself, so it is neither lost nor done for
 * an end that was not recorded.
 *
 * <p>Called on a thread of the engine, before the write; called again if the write was refused
 * because a definition changed meanwhile. Must have no effect of its own, and should read
 * definitions through a {@link RevisionCache}. Throwing delays the write: the engine keeps the
 * lease and tries again every half second until it succeeds.
 */
@FunctionalInterface
public interface FollowUps {

  /** What follows from it. */
  WriteSet plan(AttemptEnd end);
}
