package io.trigrun.spi;

import java.time.Instant;

/**
 * Hears that something may be due sooner than a node knows of. Called on any thread, also on one
 * that is within an operation of the store: returns at once and calls no store.
 */
@FunctionalInterface
public interface DueListener {

  /**
   * Something was stored that is due then.
   *
   * @param earliest the earliest due instant of it; may lie in the past
   */
  void mayBeDue(Instant earliest);
}
