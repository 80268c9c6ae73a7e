package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("W1: jobs of steps with stable ids, one model in Java and in JSON")
class W01OneModelTest extends Row {

  private static final Workflow JAVA =
      Workflow.of(
          Step.handler("greet", "note").input("{\"to\": \"{{trigger.body.who}}\"}"),
          Step.succeed("done").output("{\"said\": \"{{steps.greet.output.to}}\"}"));

  private static final String JSON =
      "{\"kind\":\"workflow\",\"steps\":["
          + "{\"id\":\"greet\",\"type\":\"handler\",\"handler\":\"note\","
          + "\"input\":{\"to\":\"{{trigger.body.who}}\"}},"
          + "{\"id\":\"done\",\"type\":\"stop\",\"outcome\":\"succeed\","
          + "\"output\":{\"said\":\"{{steps.greet.output.to}}\"}}],"
          + "\"max_workflow_duration_seconds\":1800}";

  W01OneModelTest(TestStore kind) {
    super(kind);
  }

  private static ExtensionAction action(Job job) {
    return (ExtensionAction) job.spec().action();
  }

  @Test
  void java_and_json_are_the_same_job_byte_for_byte() {
    Job fromJava = stage.job("java", JAVA);
    Job fromJson = stage.job("json", Workflow.fromJson(JSON));

    for (Job job : new Job[] {fromJava, fromJson}) {
      Job kept = stage.trigrun.jobs().find(job.id()).orElseThrow();
      assertThat(action(kept).document()).isEqualTo(JSON);
      assertThat(Workflow.of(kept)).contains(JAVA);
      UUID run = stage.workflows.runs().start(job.id(), "{\"who\": \"Ann\"}").id();
      stage.driver.runDue();
      assertThat(stage.output(run)).isEqualTo("{\"said\":\"Ann\"}");
      assertThat(stage.steps(run)).containsExactly("greet:succeeded", "done:succeeded");
    }
  }

  @Test
  void fields_may_come_in_any_order_and_defaults_be_left_out() {
    Workflow loose =
        Workflow.fromJson(
            """
            { "steps": [
              {"handler": "note", "input": {"to": "{{trigger.body.who}}"}, "type": "handler", "id": "greet"},
              {"type": "stop", "id": "done", "output": {"said": "{{steps.greet.output.to}}"}}]}
            """);

    assertThat(loose).isEqualTo(JAVA);
    assertThat(loose.toJson()).isEqualTo(JSON);
  }

  @Test
  void a_workflow_runs_by_schedule_and_by_call() {
    Job hourly =
        stage
            .trigrun
            .jobs()
            .save(
                JobSpec.named("hourly")
                    .schedule(Schedule.cron("0 * * * *"))
                    .action(Workflow.of(note("tick", "\"{{execution.scheduled_for}}\"")))
                    .build());
    stage.driver.advance(Duration.ofHours(2));
    stage.trigrun.jobs().runNow(hourly.id());
    stage.driver.runDue();

    assertThat(action(hourly).kind()).isEqualTo("workflow");
    assertThat(stage.notes)
        .containsExactly(
            "tick[]:\"2026-03-16T11:00:00Z\"",
            "tick[]:\"2026-03-16T12:00:00Z\"",
            "tick[]:\"2026-03-16T12:00:00Z\"");
    assertThat(runs(hourly)).as("one execution for each run").hasSize(3);
  }

  @Test
  void a_webhook_trigger_runs_by_its_address_and_by_call_but_not_by_schedule() {
    Workflow workflow = Workflow.startedByWebhook(note("got", "\"{{trigger.body}}\""));
    Job job = stage.job("on-push", workflow);
    String token = stage.workflows.triggers().issue(job.id(), TriggerSpec.unverified()).token();
    deliver(token, "1");
    stage.workflows.runs().start(job.id(), "2");
    stage.driver.runDue();

    assertThat(action(job).kind()).isEqualTo("webhook_trigger");
    assertThat(stage.notes).containsExactly("got[]:1", "got[]:2");
    JobSpec scheduled =
        JobSpec.named("both").schedule(Schedule.everyMinutes(5)).action(workflow).build();
    assertThat(problems(() -> stage.trigrun.jobs().save(scheduled)))
        .singleElement()
        .asString()
        .startsWith("schedule: expected no schedule: a webhook_trigger job");
    assertThat(stage.trigrun.jobs().findByName("both")).isEmpty();
  }

  @Test
  void what_is_wrong_is_told_at_once_with_its_place() {
    assertThat(
            problems(
                () ->
                    Workflow.fromJson(
                        """
                        {"kind": "flow", "steps": [
                          {"id": "1st", "type": "handler", "handler": "note"},
                          {"id": "b", "type": "sleep"},
                          {"id": "c", "type": "delay", "for_seconds": 0}]}
                        """)))
        .satisfiesExactly(
            it -> assertThat(it).startsWith("/kind: expected workflow or webhook_trigger"),
            it -> assertThat(it).startsWith("/steps/0/id: expected a letter"),
            it -> assertThat(it).startsWith("/steps/1/type: expected http, wait_for_webhook,"),
            it -> assertThat(it).startsWith("/steps/2/for_seconds: expected more than 0"));
  }

  @Test
  void two_steps_of_one_id_are_refused_wherever_they_are() {
    assertThat(
            problems(
                () -> Workflow.of(note("a", "1"), Step.forEach("each", "[1]", note("a", "2")))))
        .containsExactly("/steps/1/steps/0/id: expected an id that no other step has, got a");
  }
}
