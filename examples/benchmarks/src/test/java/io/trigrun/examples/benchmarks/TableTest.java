package io.trigrun.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.examples.benchmarks.scenario.Measurement;
import io.trigrun.examples.benchmarks.scenario.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Metric RATE = new Metric("per_second", "per second", true, 0);
  private static final Metric LATE = new Metric("p99_ms", "p99 ms", false, 1);

  private final List<Measurement> measurements = new ArrayList<>();

  private void measured(String engine, String variant, String key, double... values) {
    for (double value : values) {
      Map<String, Number> figures = new LinkedHashMap<>();
      figures.put(key, value);
      figures.put("duplicates", 0);
      figures.put("missing", 1);
      measurements.add(
          new Measurement("scenario", engine, variant, measurements.size() + 1, figures));
    }
  }

  @Test
  void rates_are_compared_with_the_faster_trigrun() {
    measured("trigrun", "", "per_second", 90_000, 40_000, 60_000);
    measured("trigrun-single", "", "per_second", 20_000);
    measured("peer", "", "per_second", 10_000, 14_000);
    assertThat(new Table(List.of(RATE), measurements).render())
        .isEqualTo(
            """
            | engine         | per second, median (min to max) | of TrigRun's best | duplicates | missing |
            |----------------|---------------------------------|-------------------|------------|---------|
            | trigrun        | 60,000 (40,000 to 90,000)       | 1.00              | 0          | 3       |
            | trigrun-single | 20,000 (20,000 to 20,000)       | 0.33              | 0          | 1       |
            | peer           | 12,000 (10,000 to 14,000)       | 0.20              | 0          | 2       |
            """);
  }

  @Test
  void times_are_compared_with_the_shorter_one_of_the_same_variant() {
    measured("trigrun", "near", "p99_ms", 5);
    measured("trigrun", "far", "p99_ms", 40);
    measured("peer", "near", "p99_ms", 10);
    measured("peer", "far", "p99_ms", 100);
    assertThat(new Table(List.of(LATE), measurements).render())
        .contains("| peer    | near    | 10.0 (10.0 to 10.0)         | 2.00 ")
        .contains("| peer    | far     | 100.0 (100.0 to 100.0)      | 2.50 ");
  }

  @Test
  void without_trigrun_there_is_no_ratio() {
    measured("peer", "", "per_second", 10_000);
    assertThat(new Table(List.of(RATE), measurements).render()).contains("| -  ");
  }

  @Test
  void a_measurement_is_a_line_of_json() {
    measured("peer", "near", "p99_ms", 1.23456);
    assertThat(JsonLine.of(measurements.get(0)))
        .isEqualTo(
            """
            {"scenario":"scenario","engine":"peer","variant":"near","repeat":1,\
            "p99_ms":1.235,"duplicates":0,"missing":1}\
            """);
  }
}
