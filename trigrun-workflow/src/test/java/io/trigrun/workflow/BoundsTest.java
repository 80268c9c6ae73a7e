package io.trigrun.workflow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trigrun.ExecutionState;
import io.trigrun.handler.PayloadCodec;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.Transition;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.Workflow;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What no workflow, and nothing that it calls, can do to its node")
class BoundsTest {

  private static final String HUNDRED = items(100);

  private static String items(int count) {
    return "[" + String.join(",", Collections.nCopies(count, "0")) + "]";
  }

  @Test
  void elements_of_elements_do_not_fill_the_memory() {
    Step wait = Step.waitForWebhook("w");
    Step inner = Step.forEach("c", "{{trigger.body}}", wait).maxConcurrent(100);
    Step middle = Step.forEach("b", "{{trigger.body}}", inner).maxConcurrent(100);
    try (Stage stage = new Stage()) {
      UUID run =
          stage.run(
              Workflow.of(Step.forEach("a", "{{trigger.body}}", middle).maxConcurrent(100)),
              HUNDRED);

      assertThat(stage.failure(run)).isEqualTo("RUN_TOO_LARGE");
      assertThat(stage.execution(run).failure().orElseThrow().message())
          .startsWith("expected at most 50,000 branches and elements");
    }
  }

  @Test
  void elements_that_are_done_with_make_room_for_others() {
    Step inner = Step.forEach("b", "{{trigger.body}}", Step.set("s", "{}"));
    try (Stage stage = new Stage()) {
      UUID run = stage.run(Workflow.of(Step.forEach("a", "{{trigger.body}}", inner)), items(230));

      assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED); // 52,900 in all
    }
  }

  @Test
  void steps_that_take_no_time_are_recorded_as_they_go() {
    List<Integer> lines = new ArrayList<>();
    try (Stage stage =
        new Stage(counting(new InMemoryJobStore(), lines), builder -> builder, it -> it)) {
      UUID run =
          stage.run(
              Workflow.of(Step.forEach("a", "{{trigger.body}}", Step.set("s", "{}"))),
              items(2_500));

      assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
      assertThat(stage.view(run).stepExecutions()).hasSize(2_501);
    }
    assertThat(lines.stream().filter(count -> count > 0)).containsExactly(1_000, 1_000, 501);
  }

  /** A store that notes how much is put into the journal at once. */
  private static JobStore counting(JobStore real, List<Integer> lines) {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("apply")) {
                for (Object each : (List<?>) arguments[arguments.length - 1]) {
                  lines.add(((Transition) each).journal().size());
                }
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void a_workflow_full_of_mistakes_is_told_in_bounded_space() {
    String steps =
        IntStream.range(0, 400)
            .mapToObj(
                i ->
                    "{\"id\":\"%s%d\",\"type\":\"set\",\"values\":{}}".formatted("x".repeat(60), i))
            .collect(joining(","));
    String mistakes = String.join(",", Collections.nCopies(1_000, "\"{{steps.none.output}}\""));
    String json =
        "{\"steps\":[%s,{\"id\":\"last\",\"type\":\"set\",\"values\":{\"v\":[%s]}}]}"
            .formatted(steps, mistakes);

    ValidationException refusal =
        catchThrowableOfType(ValidationException.class, () -> Workflow.fromJson(json));

    assertThat(refusal.problems()).hasSize(1_000);
    assertThat(refusal.problems().get(0).expected()).endsWith(", and 390 more]");
    assertThat(refusal).message().hasSizeLessThan(1_000_000);
  }

  @Test
  void a_codec_that_throws_what_it_should_not_fails_the_step_and_no_more() {
    PayloadCodec broken =
        new PayloadCodec() {
          @Override
          public String encode(Object payload) {
            throw new UnsupportedOperationException("can't write");
          }

          @Override
          public <T> T decode(String json, Class<T> type) {
            if (json.equals("\"unreadable\"")) {
              throw new UnsupportedOperationException("can't read");
            }
            return PayloadCodec.jackson().decode(json, type);
          }
        };
    try (Stage stage = new Stage(builder -> builder.codec(broken))) {
      UUID run =
          stage.run(
              Workflow.of(
                  Step.parallel(
                      "both",
                      Branch.of("a", tolerant("reads", "\"unreadable\"")),
                      Branch.of("b", tolerant("writes", "\"x\"")))),
              "{}");

      assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
      assertThat(
              stage.view(run).stepExecutions().stream()
                  .flatMap(step -> step.error().stream())
                  .map(error -> error.errorClass()))
          .containsExactlyInAnyOrder("INPUT_UNREADABLE", "OUTPUT_UNWRITABLE");
    }
  }

  @Test
  void a_host_says_how_much_is_taken_of_deliveries() {
    TriggerLimits small = TriggerLimits.defaults().withBodyBytes(10);
    try (Stage stage = new Stage(builder -> builder.triggerLimits(small))) {
      InboundRequest request =
          InboundRequest.of("POST", "/triggers/trg_nobodys").withBody(new byte[11]);

      assertThat(stage.workflows.routes().handle(request).orElseThrow().status()).isEqualTo(413);
    }
  }

  private static Step tolerant(String id, String input) {
    return Step.handler(id, "note").input(input).with(StepOptions.none().onError(OnError.CONTINUE));
  }
}
