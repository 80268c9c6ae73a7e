package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.spi.MessageOutlet.ApprovalRequest;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.OnTimeout;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who decides, and that nobody decides by accident: {@link W13SafeDecisionsTest}. */
@OnEveryStore
@DisplayName("W6: approval asks people on a review page and goes on when they have decided")
class W06ApprovalTest extends Row {

  private static final ApprovalStep REVIEW =
      Step.approval("review", "Ship order {{trigger.body.id}}?")
          .title("Order {{trigger.body.id}}")
          .reviewField("Total", "{{trigger.body.total}}");
  private static final Duration TIME = Duration.ofMinutes(20);

  W06ApprovalTest(TestStore kind) {
    super(kind);
  }

  private static Workflow then(ApprovalStep review) {
    return Workflow.of(review, note("ship", "\"{{steps.review.output.decision}}\""));
  }

  @Test
  void the_page_shows_the_question_and_its_facts_and_a_yes_lets_the_run_go_on() {
    UUID run = stage.run(then(REVIEW), "{\"id\": 7, \"total\": \"<b>9</b> €\"}");
    assertThat(stage.view(run).waitingReason()).contains("approval");
    assertThat(json(stage.view(run).waitingPayload().orElseThrow().text()).propertyNames())
        .contains("review_url", "approve_url", "reject_url");

    InboundResponse page = stage.call("GET", stage.link(run, "review_url"), "");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.bodyText())
        .contains("Order 7", "Ship order 7?", "Total", "&lt;b&gt;9&lt;/b&gt; €")
        .doesNotContain("<b>9", "<script");
    assertThat(
            stage
                .post(
                    stage.link(run, "approve_url"),
                    "{\"decided_by\": \"Ann\", \"comment\": \"ok\"}")
                .bodyText())
        .contains("\"status\":\"recorded\"", "\"decision\":\"approved\"");

    assertThat(stage.output(run)).isEqualTo("\"approved\"");
    JsonNode output = json(stage.view(run).stepExecutions().get(0).output().orElseThrow().text());
    assertThat(output.path("comment").stringValue()).isEqualTo("ok");
    assertThat(output.path("decided_at").stringValue()).isEqualTo("2026-03-16T10:00:00Z");
  }

  @Test
  void a_no_ends_the_run_as_rejected_unless_the_step_goes_on() {
    UUID ends = stage.run(then(REVIEW), "{\"id\": 7, \"total\": 9}");
    stage.post(stage.link(ends, "reject_url"), "{\"decided_by\": \"Bob\"}");
    UUID goesOn = stage.run(then(REVIEW.continuingOnReject()), "{\"id\": 7, \"total\": 9}");
    stage.post(stage.link(goesOn, "reject_url"), "{}");

    assertThat(stage.failure(ends)).isEqualTo("REJECTED");
    assertThat(message(ends)).contains("Bob");
    assertThat(stage.steps(ends)).containsExactly("review:rejected");
    assertThat(stage.output(goesOn)).isEqualTo("\"rejected\"");
  }

  @Test
  void the_same_decision_again_is_fine_and_another_one_a_conflict() {
    UUID run = stage.run(then(REVIEW), "{\"id\": 7, \"total\": 9}");
    String approve = stage.link(run, "approve_url");
    String reject = stage.link(run, "reject_url");

    assertThat(stage.post(approve, "{}").status()).isEqualTo(200);
    assertThat(stage.post(approve, "{}").bodyText()).contains("already_recorded");
    assertThat(stage.post(reject, "{}").status()).isEqualTo(409);
  }

  @Test
  void when_nobody_decides_in_time_it_fails_closed_unless_the_author_wrote_otherwise() {
    Map<OnTimeout, String> ends =
        Map.of(
            OnTimeout.fail(), "WAIT_EXPIRED",
            OnTimeout.reject(), "REJECTED",
            OnTimeout.approve(), "none");
    ends.forEach(
        (onTimeout, failure) -> {
          UUID run =
              stage.run(
                  then(REVIEW.onTimeout(onTimeout).with(PLAIN.timeout(TIME))),
                  "{\"id\": 7, \"total\": 9}");
          String approve = stage.link(run, "approve_url");
          assertThat(stage.view(run).waitingExpiresAt()).contains(stage.clock.instant().plus(TIME));
          stage.driver.advance(TIME);

          assertThat(stage.failure(run)).as(onTimeout.toString()).isEqualTo(failure);
          assertThat(stage.post(approve, "{}").status()).as(onTimeout.toString()).isEqualTo(410);
        });
    assertThat(stage.notes).containsExactly("ship[]:\"approved\"");
  }

  @Test
  void those_who_listen_for_approvals_hear_of_it_once_with_the_page_and_no_more() {
    UUID run = stage.run(then(REVIEW.with(PLAIN.timeout(TIME))), "{\"id\": 7, \"total\": 9}");
    String review = stage.link(run, "review_url");
    stage.post(stage.link(run, "approve_url"), "{}");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    ApprovalRequest request = bulletin.asked.get(0);
    assertThat(bulletin.asked).hasSize(1);
    assertThat(request.executionId()).isEqualTo(run);
    assertThat(request.step()).isEqualTo("review");
    assertThat(request.title()).isEqualTo("Order 7");
    assertThat(request.text()).isEqualTo("Ship order 7?");
    assertThat(request.fields()).containsExactly(Map.entry("Total", "9"));
    assertThat(request.expiresAt()).isEqualTo(Instant.parse("2026-03-16T10:20:00Z"));
    assertThat(request.reviewUrls()).singleElement().extracting(r -> r.url()).isEqualTo(review);
  }

  @Test
  void a_question_that_can_not_be_asked_that_way_is_refused() {
    assertThat(problems(() -> REVIEW.approvers(3, "ann", "bob")))
        .containsExactly("required: expected 1, or up to the number of approvers (2), got 3");
    assertThat(problems(() -> REVIEW.approvers(1, "ann", "ann")))
        .singleElement()
        .asString()
        .startsWith("approvers: expected at most 50 names, each once");
    assertThat(problems(() -> REVIEW.onTimeout(OnTimeout.continueWith("1"))))
        .singleElement()
        .asString()
        .startsWith("on_timeout: expected fail, reject or approve");
    UUID run = stage.run(then(REVIEW), "{}");
    assertThat(message(run)).contains("trigger.body.id");
    assertThat(bulletin.asked).isEmpty();
  }
}
