package io.trigrun.opentelemetry;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.testing.ManualClock;
import io.trigrun.trace.Tracing;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryTracingTest {

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();
  private final AtomicReference<String> spanInHandler = new AtomicReference<>("");

  @AfterEach
  void close() {
    sdk.close();
  }

  private TrigRun trigrun(Tracing tracing) {
    return TrigRun.builder()
        .clock(ManualClock.at(Instant.parse("2026-03-16T10:00:00Z")))
        .tracing(tracing)
        .handler(
            "work",
            Json.class,
            (payload, context) -> {
              spanInHandler.set(Span.current().getSpanContext().getSpanId());
              if (payload.text().contains("bad")) {
                throw new IllegalStateException("password=hunter2");
              }
            })
        .build();
  }

  private static UUID enqueue(TrigRun trigrun, String json) {
    return trigrun.enqueue(ExecutionRequest.of("work", new Json(json))).executionId();
  }

  /** Enqueues within a span of the host, which has ended when the work is run. */
  private UUID enqueueInSpan(TrigRun trigrun) {
    Span span = sdk.getTracer("host").spanBuilder("request").startSpan();
    try (Scope scope = span.makeCurrent()) {
      assertThat(scope).isNotNull();
      return enqueue(trigrun, "{}");
    } finally {
      span.end();
    }
  }

  private SpanData span(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_attempt_is_a_child_of_the_span_that_enqueued() {
    try (TrigRun trigrun = trigrun(OpenTelemetryTracing.childrenOf(sdk))) {
      UUID id = enqueueInSpan(trigrun);
      trigrun.runDue();

      SpanData request = span("request");
      SpanData run = span("run work");
      assertThat(run.getTraceId()).isEqualTo(request.getTraceId());
      assertThat(run.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(run.getKind()).isEqualTo(SpanKind.CONSUMER);
      assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
      assertThat(run.getSpanId()).isEqualTo(spanInHandler.get());
      assertThat(run.getInstrumentationScopeInfo().getName()).isEqualTo("io.trigrun");
      assertThat(run.getAttributes().get(stringKey("messaging.message.id")))
          .isEqualTo(id.toString());
      assertThat(run.getAttributes().get(stringKey("messaging.destination.name")))
          .isEqualTo("work");
      assertThat(run.getAttributes().get(stringKey("trigrun.queue"))).isEqualTo("default");
      assertThat(run.getAttributes().get(longKey("trigrun.attempt"))).isEqualTo(1);
      assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }
  }

  @Test
  void or_begins_a_trace_that_is_linked_to_it() {
    try (TrigRun trigrun = trigrun(OpenTelemetryTracing.linkedTo(sdk))) {
      enqueueInSpan(trigrun);
      trigrun.runDue();

      SpanData request = span("request");
      SpanData run = span("run work");
      assertThat(run.getTraceId()).isNotEqualTo(request.getTraceId());
      assertThat(run.getParentSpanContext().isValid()).isFalse();
      assertThat(run.getLinks()).hasSize(1);
      assertThat(run.getLinks().get(0).getSpanContext().getSpanId()).isEqualTo(request.getSpanId());
    }
  }

  @Test
  void a_failure_is_told_by_its_class_and_not_by_its_message() {
    try (TrigRun trigrun = trigrun(OpenTelemetryTracing.childrenOf(sdk))) {
      enqueue(trigrun, "\"bad\"");
      trigrun.runDue();

      SpanData run = span("run work");
      assertThat(run.getParentSpanContext().isValid()).as("enqueued in no trace").isFalse();
      assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(run.getAttributes().get(stringKey("error.type")))
          .isEqualTo("IllegalStateException");
      assertThat(run.toString()).doesNotContain("hunter2");
    }
  }

  @Test
  void without_an_sdk_nothing_is_kept() {
    try (TrigRun trigrun = trigrun(OpenTelemetryTracing.childrenOf(OpenTelemetry.noop()))) {
      UUID id = enqueue(trigrun, "{}");
      trigrun.runDue();
      Optional<Execution> run = trigrun.executions().find(id);
      assertThat(run.orElseThrow().trace()).isEmpty();
      assertThat(spans.getFinishedSpanItems()).isEmpty();
    }
  }
}
