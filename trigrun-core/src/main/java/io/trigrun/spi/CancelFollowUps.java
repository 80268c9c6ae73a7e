package io.trigrun.spi;

import io.trigrun.Execution;

/**
 * Plans what is taken back along with a run that a host cancels: the runs that it waits for, for
 * example. Stored in the same atomic write as the cancellation.
 */
@FunctionalInterface
public interface CancelFollowUps {

  /**
   * What follows from it. Asked on the thread that cancels, again if the write was refused; must
   * have no effect of its own.
   *
   * @param execution as it was read a moment ago: live then
   */
  WriteSet plan(Execution execution, Cancellation cancellation);
}
