package io.trigrun.contract.feature;

import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.trace.TraceContext;
import io.trigrun.trace.Tracing;
import java.util.Optional;

/** A tracer that can do nothing but begin. */
final class ThrowingTracing implements Tracing, Tracing.AttemptSpan {

  @Override
  public Optional<TraceContext> current() {
    throw new NoClassDefFoundError("tracer");
  }

  @Override
  public AttemptSpan begin(Execution execution) {
    return this;
  }

  @Override
  public Optional<TraceContext> context() {
    throw new IllegalStateException("context");
  }

  @Override
  public Scope enter() {
    return () -> {
      throw new IllegalStateException("close");
    };
  }

  @Override
  public void end(Optional<Failure> failure) {
    throw new IllegalStateException("end");
  }
}
