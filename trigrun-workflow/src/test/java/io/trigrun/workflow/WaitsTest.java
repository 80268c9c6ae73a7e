package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.OnTimeout;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitsTest {

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Step note(String id, String input) {
    return Step.handler(id, "note").input(input);
  }

  private static final StepOptions AN_HOUR = StepOptions.none().timeout(Duration.ofHours(1));

  @Test
  void a_wait_goes_on_with_what_was_posted() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.waitForWebhook("paid")
                    .with(StepOptions.none().extract("amount", Extract.of("$.amount"))),
                note("after", "\"{{context.amount}}\"")),
            "{}");
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    assertThat(stage.view(run).waitingReason()).contains("wait_for_webhook");
    String url = stage.link(run, "resume_url");

    assertThat(stage.post(url, "{\"amount\": 12}").status()).isEqualTo(200);

    assertThat(stage.output(run)).isEqualTo("12");
    assertThat(stage.post(url, "{\"amount\": 12}").status()).isEqualTo(200);
    assertThat(stage.post(url, "{\"amount\": 13}").status()).isEqualTo(409);
  }

  @Test
  void a_callback_that_comes_before_the_wait_is_kept() {
    UUID run =
        stage.run(
            Workflow.of(
                note("url", "\"{{waits.paid.resume_url}}\""),
                Step.delay("d", Duration.ofMinutes(5)),
                Step.waitForWebhook("paid")),
            "{}");
    String url = stage.notes.get(0).replaceAll("^.*?\"|\"$", "");

    assertThat(stage.post(url, "\"early\"").status()).isEqualTo(200);
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    stage.driver.advance(Duration.ofMinutes(5));

    assertThat(stage.output(run)).isEqualTo("\"early\"");
  }

  @Test
  void a_wait_that_nobody_answers_fails_or_goes_on_with_a_value() {
    UUID fails =
        stage.run(
            Workflow.of(Step.waitForWebhook("w").with(AN_HOUR)).maxDuration(Duration.ofDays(1)),
            "{}");
    String url = stage.link(fails, "resume_url");
    stage.driver.advance(Duration.ofHours(1));
    assertThat(stage.failure(fails)).isEqualTo("WAIT_EXPIRED");
    assertThat(stage.post(url, "1").status()).isEqualTo(410);

    UUID goesOn =
        stage.run(
            Workflow.of(
                    Step.waitForWebhook("w")
                        .onTimeout(OnTimeout.continueWith("{\"late\":true}"))
                        .with(AN_HOUR))
                .maxDuration(Duration.ofDays(1)),
            "{}");
    stage.driver.advance(Duration.ofHours(1));
    assertThat(stage.output(goesOn)).isEqualTo("{\"late\":true}");
  }

  @Test
  void people_approve_or_reject_once() {
    ApprovalStep review =
        Step.approval("review", "Ship {{trigger.body.id}}?")
            .reviewField("Order", "{{trigger.body.id}}");
    UUID run =
        stage.run(
            Workflow.of(
                review,
                note(
                    "ship",
                    "\"{{steps.review.output.decision}} by {{steps.review.output.decided_by.claimed}}\"")),
            "{\"id\": 7}");
    String approve = stage.link(run, "approve_url");
    String reject = stage.link(run, "reject_url");
    assertThat(stage.call("GET", approve, "").bodyText()).contains("Ship 7?");
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);

    assertThat(stage.post(approve, "{\"decided_by\": \"Ann\", \"comment\": \"fine\"}").status())
        .isEqualTo(200);

    assertThat(stage.output(run)).isEqualTo("\"approved by Ann\"");
    assertThat(stage.post(approve, "{}").status()).isEqualTo(200);
    assertThat(stage.post(reject, "{}").status()).isEqualTo(409);
    assertThat(stage.steps(run)).containsExactly("review:succeeded", "ship:succeeded");
  }

  @Test
  void a_no_ends_the_run_unless_the_step_goes_on() {
    UUID run = stage.run(Workflow.of(Step.approval("review", "Ship?"), note("ship", "1")), "{}");
    assertThat(stage.post(stage.link(run, "reject_url"), "{\"comment\": \"too late\"}").status())
        .isEqualTo(200);
    assertThat(stage.failure(run)).isEqualTo("REJECTED");

    UUID goesOn =
        stage.run(
            Workflow.of(
                Step.approval("review", "Ship?").continuingOnReject(),
                note("ship", "\"{{steps.review.output.decision}}\"")),
            "{}");
    stage.post(stage.link(goesOn, "reject_url"), "{}");
    assertThat(stage.output(goesOn)).isEqualTo("\"rejected\"");
  }

  @Test
  void as_many_as_required_have_to_approve() {
    UUID run =
        stage.run(
            Workflow.of(Step.approval("review", "Ship?").approvers(2, "ann", "bob", "cid")), "{}");
    String ann = stage.link(run, "approvers", "ann", "approve_url");
    String bob = stage.link(run, "approvers", "bob", "approve_url");
    String cid = stage.link(run, "approvers", "cid", "reject_url");

    assertThat(stage.post(ann, "{}").status()).isEqualTo(200);
    assertThat(stage.post(ann, "{}").status()).isEqualTo(200);
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    assertThat(stage.post(bob, "{}").status()).isEqualTo(200);

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(stage.output(run)).contains("\"approver\":\"ann\"", "\"approver\":\"bob\"");
    assertThat(stage.post(cid, "{}").status()).isEqualTo(409);
  }

  @Test
  void an_approval_that_nobody_gives_fails_closed() {
    Step ask = Step.approval("review", "Ship?").with(AN_HOUR);
    UUID run = stage.run(Workflow.of(ask).maxDuration(Duration.ofDays(1)), "{}");
    String url = stage.link(run, "approve_url");
    stage.driver.advance(Duration.ofHours(1));
    assertThat(stage.failure(run)).isEqualTo("WAIT_EXPIRED");
    assertThat(stage.post(url, "{}").status()).isEqualTo(410);

    UUID rejects =
        stage.run(
            Workflow.of(
                    Step.approval("review", "Ship?").onTimeout(OnTimeout.reject()).with(AN_HOUR))
                .maxDuration(Duration.ofDays(1)),
            "{}");
    stage.driver.advance(Duration.ofHours(1));
    assertThat(stage.failure(rejects)).isEqualTo("REJECTED");
  }

  @Test
  void a_cancelled_run_is_closed_to_callers_and_takes_its_children_along() {
    stage.job("child", Workflow.of(Step.delay("d", Duration.ofHours(1))));
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                    "both",
                    Branch.of("wait", Step.waitForWebhook("w")),
                    Branch.of("run", Step.runJob("sub", "child")))),
            "{}");
    String url =
        stage.view(run).waits().stream()
            .filter(w -> w.stepId().equals("w"))
            .findFirst()
            .orElseThrow()
            .payload()
            .text()
            .replaceAll("^.*\"(https[^\"]*)\".*$", "$1");
    String child =
        stage.view(run).waits().stream()
            .filter(w -> w.stepId().equals("sub"))
            .findFirst()
            .orElseThrow()
            .payload()
            .text()
            .replaceAll("^.*\"execution_id\":\"([^\"]*)\".*$", "$1");

    assertThat(stage.trigrun.executions().cancel(run, "not needed")).isTrue();

    assertThat(stage.state(run)).isEqualTo(ExecutionState.CANCELLED);
    assertThat(stage.state(UUID.fromString(child))).isEqualTo(ExecutionState.CANCELLED);
    assertThat(stage.post(url, "1").status()).isEqualTo(410);
  }
}
