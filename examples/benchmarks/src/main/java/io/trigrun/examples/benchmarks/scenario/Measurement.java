package io.trigrun.examples.benchmarks.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one repeat gave.
 *
 * @param variant what tells the rows of an engine apart; empty if it has one only
 * @param repeat from 1
 * @param values by JSON key, in order
 */
public record Measurement(
    String scenario, String engine, String variant, int repeat, Map<String, Number> values) {

  public Measurement {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether nothing was lost or done twice. */
  public boolean isSound() {
    return value("duplicates") == 0 && value("missing") == 0;
  }

  /** A value, 0 if there is none. */
  public double value(String key) {
    return values.getOrDefault(key, 0).doubleValue();
  }
}
