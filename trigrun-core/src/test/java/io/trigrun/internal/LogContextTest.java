package io.trigrun.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionRequest;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.testing.ManualClock;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/** S26: a handler's log lines carry workspace, job, execution and attempt, and nobody else's do. */
class LogContextTest {

  private MDCAdapter before;

  /** The logger of the tests keeps no MDC. */
  @BeforeEach
  void keepMdc() throws ReflectiveOperationException {
    before = MDC.getMDCAdapter();
    set(new BasicMDCAdapter());
  }

  @AfterEach
  void forgetMdc() throws ReflectiveOperationException {
    set(before);
  }

  private static void set(MDCAdapter adapter) throws ReflectiveOperationException {
    for (Field field : MDC.class.getDeclaredFields()) {
      if (field.getType() == MDCAdapter.class) {
        field.setAccessible(true);
        field.set(null, adapter);
      }
    }
  }

  @Test
  void the_keys_are_there_while_the_handler_runs_and_gone_afterwards() {
    List<String> seen = new ArrayList<>();
    ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
    try (TrigRun trigrun =
        TrigRun.builder()
            .clock(clock)
            .handler(
                "work",
                Json.class,
                (payload, job) ->
                    seen.add(
                        MDC.get("trigrun.workspace")
                            + " "
                            + MDC.get("trigrun.job_id")
                            + " "
                            + MDC.get("trigrun.execution_id")
                            + " "
                            + MDC.get("trigrun.attempt")))
            .build()) {
      MDC.put("own", "kept");
      var job = trigrun.jobs().create(JobSpec.named("j").handler("work").build());
      var run = trigrun.jobs().runNow(job.id());
      assertThat(trigrun.runDue().attempts()).isEqualTo(1);
      var alone = trigrun.workspace("acme").enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT));
      assertThat(trigrun.runDue().attempts()).isEqualTo(1);

      assertThat(seen)
          .containsExactly(
              "default " + job.id() + " " + run.id() + " 1",
              "acme null " + alone.executionId() + " 1");
      assertThat(MDC.get("trigrun.workspace")).isNull();
      assertThat(MDC.get("trigrun.execution_id")).isNull();
      assertThat(MDC.get("trigrun.job_id")).isNull();
      assertThat(MDC.get("trigrun.attempt")).isNull();
      assertThat(MDC.get("own")).isEqualTo("kept");
    }
  }
}
