package io.trigrun.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.handler.Outcome;
import io.trigrun.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrigRunMetricsTest {

  private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-16T10:00:00Z"));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TrigRun trigrun =
      TrigRun.builder()
          .clock(clock)
          .outcomeHandler(
              "work",
              Json.class,
              RetryPolicy.attempts(2),
              "reports",
              (payload, context) -> {
                clock.advance(Duration.ofSeconds(2));
                return payload.text().contains("bad")
                    ? Outcome.failed("BAD", "as asked")
                    : Outcome.succeeded();
              })
          .build();

  @AfterEach
  void close() {
    trigrun.close();
  }

  private void enqueue(String json) {
    assertThat(trigrun.enqueue(ExecutionRequest.of("work", new Json(json)))).isNotNull();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private double gauge(String name) {
    return registry.get(name).tags("queue", "reports").gauge().value();
  }

  @Test
  void attempts_delays_ends_and_retries_are_told_apart_by_handler_queue_and_result() {
    new TrigRunMetrics(trigrun).bindTo(registry);
    enqueue("{}");
    enqueue("\"bad\"");
    clock.advance(Duration.ofSeconds(3));
    trigrun.runDue();

    var good = registry.get("trigrun.attempts").tags("status", "success").timer();
    assertThat(good.count()).isEqualTo(1);
    assertThat(good.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(good.getId().getTag("handler")).isEqualTo("work");
    assertThat(good.getId().getTag("queue")).isEqualTo("reports");
    assertThat(registry.get("trigrun.attempts").tags("status", "error").timer().count())
        .isEqualTo(1);
    var delay = registry.get("trigrun.start.delay").tags("handler", "work").timer();
    assertThat(delay.count()).isEqualTo(2);
    assertThat(delay.totalTime(TimeUnit.SECONDS)).as("3 s and, behind the first, 5 s").isEqualTo(8);
    assertThat(count("trigrun.executions.ended", "state", "succeeded")).isEqualTo(1);
    assertThat(count("trigrun.retries", "handler", "work")).isEqualTo(1);
    assertThat(count("trigrun.leases.lost")).isZero();
    assertThat(count("trigrun.store.outages")).isZero();

    clock.advance(Duration.ofDays(1));
    trigrun.runDue();
    assertThat(count("trigrun.executions.ended", "state", "failed")).isEqualTo(1);
    assertThat(count("trigrun.retries", "handler", "work")).isEqualTo(1);
  }

  @Test
  void gauges_tell_what_is_due_and_the_permits_of_each_queue() {
    new TrigRunMetrics(trigrun).bindTo(registry);
    assertThat(gauge("trigrun.queue.due")).isZero();
    enqueue("{}");
    clock.advance(Duration.ofSeconds(7));

    assertThat(gauge("trigrun.queue.due")).isEqualTo(1);
    assertThat(
            registry
                .get("trigrun.queue.oldest.age")
                .tags("queue", "reports")
                .timeGauge()
                .value(TimeUnit.SECONDS))
        .isEqualTo(7);
    assertThat(gauge("trigrun.permits.used")).isZero();
    assertThat(gauge("trigrun.permits.max")).isEqualTo(64);
    assertThat(gauge("trigrun.in.flight")).isZero();
    assertThat(registry.get("trigrun.store.up").gauge().value()).isEqualTo(1);
  }

  @Test
  void tags_are_of_few_values_and_those_of_the_host_are_everywhere() {
    new TrigRunMetrics(trigrun, List.of(Tag.of("application", "shop"))).bindTo(registry);
    for (int i = 0; i < 50; i++) {
      enqueue("{}");
    }
    trigrun.runDue();
    List<Meter> meters = registry.getMeters();
    assertThat(meters).allMatch(meter -> "shop".equals(meter.getId().getTag("application")));
    Set<String> keys =
        meters.stream()
            .flatMap(meter -> meter.getId().getTags().stream())
            .map(Tag::getKey)
            .collect(Collectors.toSet());
    assertThat(keys).containsOnly("application", "handler", "queue", "status", "state");
    assertThat(meters.stream().filter(meter -> meter.getId().getName().contains("attempts")))
        .hasSize(1);
  }

  @Test
  void after_the_end_nothing_is_counted() {
    TrigRunMetrics metrics = new TrigRunMetrics(trigrun);
    metrics.bindTo(registry);
    metrics.close();
    metrics.close();
    enqueue("{}");
    trigrun.runDue();
    assertThat(registry.find("trigrun.attempts").timer()).isNull();
  }
}
