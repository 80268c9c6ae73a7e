package io.trigrun.spi;

import io.trigrun.validation.Problems;

/**
 * A limit on how many executions of a key have begun and not ended (row S15). An execution counts
 * from its first claim to its end, waits and retries in between included, so that with a limit of 1
 * they go strictly one after another.
 *
 * @param key what they share, a job's id for example
 * @param limit 1 or more; the limit that the execution to be claimed carries counts
 */
public record Concurrency(String key, int limit) {

  public Concurrency {
    Problems.require(limit >= 1, "max_concurrent_executions", "1 or more", limit);
  }
}
