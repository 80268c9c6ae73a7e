package io.trigrun.internal;

import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.trace.TraceContext;
import io.trigrun.trace.Tracing;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's tracing, of which nothing that it throws gets any further. */
final class SafeTracing implements Tracing {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.tracing");

  private final Tracing tracing;
  private final AtomicBoolean warned = new AtomicBoolean();

  private SafeTracing(Tracing tracing) {
    this.tracing = tracing;
  }

  static Tracing of(Tracing tracing) {
    return tracing == Tracing.none() ? tracing : new SafeTracing(tracing);
  }

  @Override
  public Optional<TraceContext> current() {
    return safely(tracing::current, Optional.empty());
  }

  @Override
  public AttemptSpan begin(Execution execution) {
    AttemptSpan span = safely(() -> tracing.begin(execution), AttemptSpan.none());
    Optional<TraceContext> trace = safely(span::context, Optional.empty());
    return new AttemptSpan() {
      @Override
      public Optional<TraceContext> context() {
        return trace;
      }

      @Override
      public Scope enter() {
        Scope scope = safely(span::enter, () -> {});
        return () -> run(scope::close);
      }

      @Override
      public void end(Optional<Failure> failure) {
        run(() -> span.end(failure));
      }
    };
  }

  private void run(Runnable step) {
    safely(
        () -> {
          step.run();
          return true;
        },
        false);
  }

  /** Errors too: a tracer that can't be linked must not take the worker with it. */
  private <T> T safely(Supplier<T> step, T otherwise) {
    try {
      T result = step.get();
      return result == null ? otherwise : result; // host code is not compiled with our null checks
    } catch (RuntimeException | Error e) {
      if (warned.compareAndSet(false, true)) {
        LOG.warn("The tracing throws; attempts go on without it. Said once only", e);
      }
      return otherwise;
    }
  }
}
