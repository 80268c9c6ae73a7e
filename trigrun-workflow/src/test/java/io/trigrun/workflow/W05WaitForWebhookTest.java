package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.workflow.definition.OnTimeout;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepRequest;
import io.trigrun.workflow.definition.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("W5: wait_for_webhook parks the run until somebody posts to its resume_url")
class W05WaitForWebhookTest extends Row {

  private static final Step PAID =
      Step.waitForWebhook("paid").with(PLAIN.timeout(Duration.ofMinutes(20)));

  private final Service bank = new Service();

  W05WaitForWebhookTest(TestStore kind) {
    super(kind);
  }

  @AfterEach
  void closeBank() {
    bank.close();
  }

  @Test
  void a_parked_run_shows_where_to_call_and_goes_on_with_what_was_posted() {
    UUID run = stage.run(Workflow.of(PAID, note("after", "\"{{steps.paid.output.by}}\"")), "{}");
    WorkflowRun parked = stage.view(run);
    assertThat(parked.execution().state()).isEqualTo(ExecutionState.WAITING);
    assertThat(parked.waitingReason()).contains("wait_for_webhook");
    assertThat(parked.waitingExpiresAt()).contains(Instant.parse("2026-03-16T10:20:00Z"));

    InboundResponse response = stage.post(stage.link(run, "resume_url"), "{\"by\": [\"card\"]}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.bodyText()).isEqualTo("{\"status\":\"resumed\"}");
    assertThat(stage.output(run)).isEqualTo("[\"card\"]");
  }

  @Test
  void the_address_is_known_before_the_wait_and_a_callback_that_comes_early_is_kept() {
    bank.answers(
        "/pay",
        call -> { // faster than the run
          InboundRequest callback =
              request("POST", json(call.body()).path("to").stringValue(), "\"early\"");
          return stage.workflows.routes().handle(callback).orElseThrow().bodyText();
        });

    UUID run =
        stage.run(
            Workflow.of(
                Step.http(
                    "charge",
                    StepRequest.post(bank.url("/pay"))
                        .jsonBody("{\"to\": \"{{waits.paid.resume_url}}\"}")
                        .build()),
                PAID),
            "{}");

    assertThat(stage.output(run)).isEqualTo("\"early\"");
    assertThat(stage.steps(run)).containsExactly("charge:succeeded", "paid:succeeded");
  }

  @Test
  void a_wait_has_one_outcome_and_everybody_is_told_which() {
    UUID run = stage.run(Workflow.of(PAID), "{}");
    String url = stage.link(run, "resume_url");

    assertThat(stage.post(url, "{\"a\": 1}").status()).isEqualTo(200);
    assertThat(stage.post(url, "{\"a\":1}").bodyText())
        .isEqualTo("{\"status\":\"already_resumed\"}");
    assertThat(stage.post(url, "{\"a\": 2}").status()).isEqualTo(409);
    assertThat(stage.output(run)).isEqualTo("{\"a\":1}");
  }

  @Test
  void a_wait_in_a_foreach_is_one_for_each_element() {
    UUID run =
        stage.run(
            Workflow.of(Step.forEach("each", "[\"a\", \"b\", \"c\"]", Step.waitForWebhook("w"))),
            "{}");
    String first = resumeUrl(run, "w", 0);
    String last = resumeUrl(run, "w", 2);

    stage.post(last, "\"c\"");
    stage.post(resumeUrl(run, "w", 1), "\"b\"");
    assertThat(stage.post(last, "\"a\"").status()).isEqualTo(409);
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    stage.post(first, "\"a\"");

    assertThat(stage.output(run)).isEqualTo("[\"a\",\"b\",\"c\"]");
  }

  @Test
  void who_comes_late_is_told_so_and_the_run_fails_unless_it_says_how_to_go_on() {
    UUID fails = stage.run(Workflow.of(PAID), "{}");
    UUID goesOn =
        stage.run(
            Workflow.of(
                Step.waitForWebhook("paid")
                    .onTimeout(OnTimeout.continueWith("{\"paid\": false}"))
                    .with(PLAIN.timeout(Duration.ofMinutes(20)))),
            "{}");
    String url = stage.link(fails, "resume_url");
    stage.clock.advance(Duration.ofMinutes(20));
    assertThat(handle(request("POST", url, "1")).status()).isEqualTo(410);

    assertThat(stage.failure(fails)).isEqualTo("WAIT_EXPIRED");
    assertThat(stage.steps(fails)).containsExactly("paid:expired");
    assertThat(stage.output(goesOn)).isEqualTo("{\"paid\":false}");
    assertThat(stage.post(url, "1").status()).isEqualTo(410);
  }

  @Test
  void only_a_post_of_what_can_be_read_to_the_very_address_counts() {
    UUID run = stage.run(Workflow.of(PAID), "{}");
    String url = stage.link(run, "resume_url");

    for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE"}) {
      InboundResponse response = stage.call(method, url, "1");
      assertThat(response.status()).as(method).isEqualTo(405);
      assertThat(response.headers().toString()).as(method).contains("POST");
    }
    assertThat(stage.post(url, "{").status()).isEqualTo(400);
    assertThat(stage.post(url.substring(0, url.length() - 1), "1").status()).isEqualTo(404);
    assertThat(stage.post(url.replace("/resume/", "/approvals/") + "/approve", "{}").status())
        .isEqualTo(404);
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    assertThat(stage.post(url, "1").status()).isEqualTo(200);
  }

  @Test
  void who_has_no_links_can_not_save_a_workflow_that_needs_some() {
    try (TrigRun trigrun = TrigRun.builder().extension(Workflows.create()).build()) {
      JobSpec spec = JobSpec.named("job").action(Workflow.of(PAID)).build();
      assertThat(problems(() -> trigrun.jobs().save(spec)))
          .containsExactly(
              "/steps: expected links for paid: give Workflows.builder().links(publicUrl, key),"
                  + " got no links");
    }
  }

  private static InboundRequest request(String method, String url, String json) {
    return InboundRequest.of(method, url.substring((Stage.URL + "/v1").length()))
        .withHeader("Content-Type", "application/json")
        .withBody(json.getBytes(StandardCharsets.UTF_8));
  }
}
