package io.trigrun.contract.feature;

import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.trace.TraceContext;
import io.trigrun.trace.Tracing;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A tracer that counts its spans, and remembers them. */
final class FakeTracing implements Tracing {

  static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

  /** A span of an attempt; {@code how} is the error class, or empty. */
  record Ended(Execution execution, TraceContext context, String how) {}

  private static final ThreadLocal<TraceContext> CURRENT = new ThreadLocal<>();
  private final AtomicInteger spans = new AtomicInteger();
  final List<Ended> ended = new CopyOnWriteArrayList<>();

  static TraceContext span(int number) {
    return TraceContext.of("00-" + TRACE_ID + "-" + String.format("%016x", number) + "-01");
  }

  /** What the calling thread works for, from now on. */
  TraceContext enterNew() {
    TraceContext context = span(spans.incrementAndGet());
    CURRENT.set(context);
    return context;
  }

  void leave() {
    CURRENT.remove();
  }

  @Override
  public Optional<TraceContext> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  @Override
  public AttemptSpan begin(Execution execution) {
    TraceContext context = span(spans.incrementAndGet());
    return new AttemptSpan() {
      @Override
      public Optional<TraceContext> context() {
        return Optional.of(context);
      }

      @Override
      public Scope enter() {
        TraceContext before = CURRENT.get();
        CURRENT.set(context);
        return () -> CURRENT.set(before);
      }

      @Override
      public void end(Optional<Failure> failure) {
        ended.add(new Ended(execution, context, failure.map(Failure::errorClass).orElse("")));
      }
    };
  }
}
