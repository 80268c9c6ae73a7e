package io.trigrun.schedule;

/**
 * What happens to a firing of a schedule while the run of an earlier one is not over (row S15): it
 * waits, is at work, or is to be tried again.
 */
public enum OverlapPolicy {
  /**
   * The default: each firing has its run. They go at the same time, or wait for each other where
   * {@code max_concurrent_executions} says so; what takes longer than its interval piles up then.
   */
  QUEUE,
  /**
   * There is no run of that firing. Runs that somebody asks for and those that other jobs start are
   * not firings: they neither are skipped nor make a firing be skipped.
   */
  SKIP
}
