package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.engine.Engines;
import java.util.List;

/** Something to measure. */
public interface Scenario {

  /** What it is called on the command line. */
  String name();

  /** What it measures, in a line. */
  String summary();

  /** What {@code --size} counts. */
  default String unit() {
    return "executions";
  }

  /** The default of {@code --size}. */
  int defaultSize();

  /** What can be measured, by name. */
  default List<String> engines() {
    return Engines.names();
  }

  /** What is measured unless the command line says what. */
  default List<String> defaultEngines() {
    return Engines.DEFAULTS;
  }

  /** What the table shows; the first is what engines are compared by. */
  List<Metric> metrics();

  /** Whether the server has to count statements. */
  default boolean countsStatements() {
    return false;
  }

  /** How to measure one of {@link #engines}. */
  List<Trial> trials(Bench bench, String engine);
}
