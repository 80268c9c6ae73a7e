package io.trigrun.examples.benchmarks;

import io.trigrun.examples.benchmarks.scenario.Measurement;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A measurement as an object on a line. */
final class JsonLine {

  private static final JsonMapper JSON = new JsonMapper();

  private JsonLine() {}

  static String of(Measurement measurement) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("scenario", measurement.scenario());
    line.put("engine", measurement.engine());
    if (!measurement.variant().isEmpty()) {
      line.put("variant", measurement.variant());
    }
    line.put("repeat", measurement.repeat());
    measurement.values().forEach((key, value) -> line.put(key, rounded(value)));
    return JSON.writeValueAsString(line);
  }

  /** No more digits than a measurement is worth. */
  private static Number rounded(Number value) {
    return value instanceof Double number ? Math.round(number * 1_000) / 1_000.0 : value;
  }
}
