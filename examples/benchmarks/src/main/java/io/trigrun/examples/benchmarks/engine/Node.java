package io.trigrun.examples.benchmarks.engine;

import java.time.Instant;

/** An engine's node. Executions have numbers, from 0. */
public interface Node extends AutoCloseable {

  /** Stores an execution that is due at once, in a call of its own. Thread-safe. */
  void enqueue(int number) throws Exception;

  /** Stores executions that are due at once, in one write if the engine can. */
  void enqueueBatch(int first, int count) throws Exception;

  /** As {@link #enqueueBatch}, due later. */
  void scheduleBatch(int first, int count, Instant due) throws Exception;

  /** How many executions the database has, finished ones that are kept included. */
  long stored() throws Exception;

  /** Starts to run what is due. */
  void start() throws Exception;

  /** How many executions are due whose end the database does not know yet; may stop at 1,000. */
  long unfinished() throws Exception;

  @Override
  void close();
}
