package io.trigrun.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryMetricsTest {

  private static final AttributeKey<String> QUEUE = AttributeKey.stringKey("trigrun.queue");

  private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-16T10:00:00Z"));
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
          .build();
  private final TrigRun trigrun =
      TrigRun.builder()
          .clock(clock)
          .handler(
              "work",
              Json.class,
              (payload, context) -> {
                clock.advance(Duration.ofSeconds(2));
                if (payload.text().contains("bad")) {
                  throw new IllegalStateException("as asked");
                }
              })
          .build();

  @AfterEach
  void close() {
    trigrun.close();
    sdk.close();
  }

  private void enqueue(String json) {
    assertThat(trigrun.enqueue(ExecutionRequest.of("work", new Json(json)))).isNotNull();
  }

  private Map<String, MetricData> collect() {
    return reader.collectAllMetrics().stream()
        .collect(Collectors.toMap(MetricData::getName, Function.identity()));
  }

  private static MetricData named(Map<String, MetricData> all, String name) {
    return Objects.requireNonNull(all.get(name), () -> "expected " + name + " in " + all.keySet());
  }

  private static <P extends PointData> P ofDefaultQueue(Iterable<P> points) {
    for (P point : points) {
      if ("default".equals(point.getAttributes().get(QUEUE))) {
        return point;
      }
    }
    throw new AssertionError("expected a point of the queue default, got " + points);
  }

  @Test
  void what_a_node_does_is_measured_by_handler_queue_and_result() {
    try (OpenTelemetryMetrics metrics = OpenTelemetryMetrics.observe(trigrun, sdk)) {
      assertThat(metrics).isNotNull();
      enqueue("{}");
      enqueue("\"bad\"");
      trigrun.runDue();

      Map<String, MetricData> all = collect();
      assertThat(named(all, "trigrun.attempt.duration").getUnit()).isEqualTo("s");
      assertThat(named(all, "trigrun.attempt.duration").getHistogramData().getPoints())
          .hasSize(2)
          .allMatch(point -> point.getSum() == 2)
          .extracting(point -> point.getAttributes().get(AttributeKey.stringKey("trigrun.status")))
          .containsExactlyInAnyOrder("success", "error");
      assertThat(named(all, "trigrun.start.delay").getHistogramData().getPoints()).hasSize(1);
      assertThat(
              ofDefaultQueue(named(all, "trigrun.retries").getLongSumData().getPoints()).getValue())
          .isEqualTo(1);
      assertThat(
              ofDefaultQueue(named(all, "trigrun.executions.ended").getLongSumData().getPoints())
                  .getAttributes()
                  .get(AttributeKey.stringKey("trigrun.state")))
          .isEqualTo("succeeded");
    }
    enqueue("{}");
    trigrun.runDue();
    assertThat(collect()).as("gauges after the end").doesNotContainKey("trigrun.queue.due");
  }

  @Test
  void what_is_due_and_the_permits_are_observed() {
    try (OpenTelemetryMetrics metrics = OpenTelemetryMetrics.observe(trigrun, sdk)) {
      assertThat(metrics).isNotNull();
      enqueue("{}");
      clock.advance(Duration.ofSeconds(7));

      Map<String, MetricData> all = collect();
      assertThat(ofDefaultQueue(named(all, "trigrun.queue.due").getLongGaugeData().getPoints()))
          .matches(point -> point.getValue() == 1);
      assertThat(
              ofDefaultQueue(
                  named(all, "trigrun.queue.oldest.age").getDoubleGaugeData().getPoints()))
          .matches(point -> point.getValue() == 7);
      assertThat(ofDefaultQueue(named(all, "trigrun.permits.max").getLongSumData().getPoints()))
          .matches(point -> point.getValue() == 32);
      assertThat(named(all, "trigrun.store.up").getLongGaugeData().getPoints())
          .allMatch(point -> point.getValue() == 1);
      assertThat(all).containsKeys("trigrun.permits.used");
    }
  }
}
