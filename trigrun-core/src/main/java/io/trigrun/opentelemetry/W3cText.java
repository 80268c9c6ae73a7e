package io.trigrun.opentelemetry;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.trigrun.trace.TraceContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A context of OpenTelemetry as W3C Trace Context. */
final class W3cText {

  private static final W3CTraceContextPropagator PROPAGATOR =
      W3CTraceContextPropagator.getInstance();

  private static final TextMapGetter<Map<String, String>> FROM_MAP =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
          return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
          return headers == null ? null : headers.get(name);
        }
      };

  private W3cText() {}

  /** Empty outside of any trace. What tracers add is left out if it is longer than allowed. */
  static Optional<TraceContext> write(Context context) {
    Map<String, String> headers = new HashMap<>();
    PROPAGATOR.inject(context, headers, (carrier, name, value) -> headers.put(name, value));
    Optional<String> state =
        Optional.ofNullable(headers.get("tracestate"))
            .filter(text -> !text.isEmpty() && text.length() <= TraceContext.MAX_TRACESTATE);
    return Optional.ofNullable(headers.get("traceparent"))
        .map(parent -> new TraceContext(parent, state));
  }

  static Context read(TraceContext trace) {
    return PROPAGATOR.extract(Context.root(), trace.headers(), FROM_MAP);
  }
}
