package io.trigrun.opentelemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.trigrun.Failure;
import io.trigrun.trace.TraceContext;
import io.trigrun.trace.Tracing;
import java.util.Optional;

/** The span of an attempt. */
record OpenTelemetrySpan(Span span) implements Tracing.AttemptSpan {

  @Override
  public Optional<TraceContext> context() {
    return W3cText.write(Context.root().with(span));
  }

  @Override
  @SuppressWarnings("MustBeClosed") // by the engine
  public Tracing.Scope enter() {
    return span.makeCurrent()::close;
  }

  @Override
  public void end(Optional<Failure> failure) {
    failure.ifPresent(
        why -> {
          span.setAttribute(AttemptAttributes.ERROR_TYPE, why.errorClass());
          span.setStatus(StatusCode.ERROR);
        });
    span.end();
  }
}
