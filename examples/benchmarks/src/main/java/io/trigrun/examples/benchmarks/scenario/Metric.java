package io.trigrun.examples.benchmarks.scenario;

/**
 * A column of the table.
 *
 * @param key what JSON calls it
 * @param title what the table calls it
 * @param higherIsBetter how to compare
 * @param decimals how many digits the table shows after the point
 */
public record Metric(String key, String title, boolean higherIsBetter, int decimals) {

  /** How many a second. */
  static final Metric PER_SECOND = new Metric("per_second", "per second", true, 0);
}
