package io.trigrun.examples.benchmarks.scenario;

import java.util.Map;

/** One row of the table: something that is measured again and again. */
public interface Trial {

  String engine();

  /** What tells the rows of an engine apart; empty if it has one only. */
  default String variant() {
    return "";
  }

  /** Prepares whatever lasts, and lets the JVM compile what it will need. */
  void warmUp() throws Exception;

  /** Measures once, keys as in JSON; {@code duplicates} and {@code missing} among them. */
  Map<String, Number> measure() throws Exception;
}
