package io.trigrun.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.trigrun.Execution;
import io.trigrun.trace.TraceContext;
import io.trigrun.trace.Tracing;
import java.util.Optional;

/**
 * Makes a span of each attempt, in the trace in which the execution was enqueued (row S26).
 * Thread-safe.
 *
 * <pre>{@code
 * TrigRun.builder().tracing(OpenTelemetryTracing.childrenOf(openTelemetry))
 * }</pre>
 *
 * <p>A span is called {@code run <handler>}, is of kind CONSUMER, current while the handler runs,
 * and says by attributes which execution, job, queue, workspace and attempt it is of; of a failure
 * only the error class ({@code error.type}), because messages may hold what does not belong into a
 * trace. What is kept with an execution is W3C Trace Context, whatever propagators the host uses;
 * baggage is not kept.
 */
@SuppressWarnings("exports") // the host requires what it hands over
public final class OpenTelemetryTracing implements Tracing {

  static final String SCOPE = "io.trigrun";

  private final Tracer tracer;
  private final boolean children;

  private OpenTelemetryTracing(OpenTelemetry openTelemetry, boolean children) {
    this.tracer = openTelemetry.getTracer(SCOPE);
    this.children = children;
  }

  /**
   * Attempts are children of the span that enqueued: one trace tells all, and whether it is sampled
   * was decided at its beginning. For work that follows soon.
   */
  public static OpenTelemetryTracing childrenOf(OpenTelemetry openTelemetry) {
    return new OpenTelemetryTracing(openTelemetry, true);
  }

  /**
   * Each attempt begins a trace of its own, with a link to the span that enqueued. For work that
   * may come days later, or a thousand of which are enqueued by one request.
   */
  public static OpenTelemetryTracing linkedTo(OpenTelemetry openTelemetry) {
    return new OpenTelemetryTracing(openTelemetry, false);
  }

  @Override
  public Optional<TraceContext> current() {
    return W3cText.write(Context.current());
  }

  @Override
  public AttemptSpan begin(Execution execution) {
    SpanBuilder builder =
        tracer.spanBuilder("run " + execution.handler()).setSpanKind(SpanKind.CONSUMER);
    Context enqueued = execution.trace().map(W3cText::read).orElse(Context.root());
    if (children) {
      builder.setParent(enqueued);
    } else {
      builder.setNoParent();
      if (execution.trace().isPresent()) {
        builder.addLink(Span.fromContext(enqueued).getSpanContext());
      }
    }
    AttemptAttributes.of(execution, builder);
    return new OpenTelemetrySpan(builder.startSpan());
  }
}
