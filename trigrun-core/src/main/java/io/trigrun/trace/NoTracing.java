package io.trigrun.trace;

import io.trigrun.Execution;
import io.trigrun.Failure;
import java.util.Optional;

/** What there is without a tracer. */
enum NoTracing implements Tracing, Tracing.AttemptSpan {
  INSTANCE;

  private static final Tracing.Scope NOTHING = () -> {};

  @Override
  public Optional<TraceContext> current() {
    return Optional.empty();
  }

  @Override
  public Tracing.AttemptSpan begin(Execution execution) {
    return this;
  }

  @Override
  public Optional<TraceContext> context() {
    return Optional.empty();
  }

  @Override
  public Tracing.Scope enter() {
    return NOTHING;
  }

  @Override
  public void end(Optional<Failure> failure) {}
}
