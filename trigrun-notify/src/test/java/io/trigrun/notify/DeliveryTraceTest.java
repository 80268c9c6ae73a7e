package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.trace.TraceContext;
import io.trigrun.trace.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A delivery goes on in the trace of the run that it tells of. */
@OnMemoryAndH2
@DisplayName("S26: traces of deliveries")
class DeliveryTraceTest {

  private final TestStore store;

  DeliveryTraceTest(TestStore store) {
    this.store = store;
  }

  /** Numbers its spans; nobody is in a trace but them. */
  private static final class Spans implements Tracing {

    private final List<Execution> begun = new ArrayList<>();

    static TraceContext span(int number) {
      return TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-%016x-01".formatted(number + 1));
    }

    @Override
    public Optional<TraceContext> current() {
      return Optional.empty();
    }

    @Override
    public AttemptSpan begin(Execution execution) {
      TraceContext context = span(begun.size());
      begun.add(execution);
      return new AttemptSpan() {
        @Override
        public Optional<TraceContext> context() {
          return Optional.of(context);
        }

        @Override
        public Scope enter() {
          return () -> {};
        }

        @Override
        public void end(Optional<Failure> failure) {}
      };
    }
  }

  @Test
  void a_delivery_is_of_the_trace_of_its_run_and_says_so_to_the_receiver() {
    Spans spans = new Spans();
    try (Scenario scenario =
        new Scenario(store.open(), Notifications.create(), builder -> builder.tracing(spans))) {
      scenario.channel("ops", ON_SUCCESS);
      scenario.run();

      assertThat(spans.begun).hasSize(2);
      assertThat(spans.begun.get(0).handler()).isEqualTo("sync");
      assertThat(spans.begun.get(1).trace()).contains(Spans.span(0));
      assertThat(scenario.receiver.received).hasSize(1);
      assertThat(scenario.receiver.received.get(0).header("traceparent"))
          .isEqualTo(Spans.span(1).traceparent());
    }
  }
}
