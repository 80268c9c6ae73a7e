package io.trigrun.examples.benchmarks.engine;

import javax.sql.DataSource;

/** Something that runs what is due in a database. */
public interface Engine {

  /** What it is called on the command line. */
  String name();

  /** The number of workers with which it is fastest. */
  int bestWorkers();

  /**
   * Which part of a scenario's executions it gets, so that a repeat takes some seconds with every
   * engine. More than 0, at most 1 unless it is faster than TrigRun.
   */
  double share();

  /** Creates its tables in an empty database. */
  void createTables(DataSource dataSource) throws Exception;

  /** A node that is not started yet, on a database that has the tables. */
  Node open(NodeSetup setup) throws Exception;
}
