package io.trigrun.examples.benchmarks.engine;

import java.util.function.IntConsumer;
import javax.sql.DataSource;

/**
 * What a node gets.
 *
 * @param dataSource its own pool
 * @param name unique among the nodes of a database
 * @param workers how many executions it runs at once
 * @param tuning what its settings should be good for
 * @param work what an execution does, given its number
 */
public record NodeSetup(
    DataSource dataSource, String name, int workers, Tuning tuning, IntConsumer work) {

  /** What settings should be good for. */
  public enum Tuning {
    /** As many executions a second as it can. */
    THROUGHPUT,
    /** Executions that start as soon as they are due. */
    LATENCY,
    /** As the library comes. */
    DEFAULTS
  }
}
