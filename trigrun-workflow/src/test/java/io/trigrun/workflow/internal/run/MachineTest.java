package io.trigrun.workflow.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.lang.reflect.Proxy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MachineTest {

  private static final Instant NOW = Instant.parse("2026-03-16T10:00:00Z");

  @Test
  void a_run_that_has_left_more_lines_than_anybody_can_read_ends() {
    Workflow workflow = Workflow.of(Step.set("s", "{}"));
    RunState state = RunState.begin(workflow, NOW);
    state.journal = 200_001;
    Surroundings nothing =
        (Surroundings)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Surroundings.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("expected nobody to ask for " + method.getName());
                });

    new Machine(new Walk(new Plan(workflow, workflow.toJson()), state, nothing, NOW)).advance(NOW);

    assertThat(state.end).isEqualTo(RunState.End.FAILED);
    assertThat(state.failure).extracting(why -> why.errorClass()).isEqualTo("RUN_TOO_LONG");
  }
}
