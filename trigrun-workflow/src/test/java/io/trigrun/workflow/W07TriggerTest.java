package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.workflow.definition.Workflow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tokens, their rotation and their workspaces: {@link TriggersTest}. */
@OnEveryStore
@DisplayName("W7: POST /v1/triggers/<token> starts a run, and tells strangers nothing")
class W07TriggerTest extends Row {

  private static final String SECRET = "a-secret-of-twenty-chars";
  private static final String NOBODYS = "trg_" + "x".repeat(43);
  private static final TriggerSpec SHARED =
      TriggerSpec.of(TriggerVerification.sharedSecret()).withSecrets(SECRET);

  private final Job job =
      stage.job("on-push", Workflow.startedByWebhook(note("got", "\"{{trigger.body}}\"")));

  W07TriggerTest(TestStore kind) {
    super(kind);
  }

  private String token(TriggerSpec spec) {
    return stage.workflows.triggers().issue(job.id(), spec).token();
  }

  @Test
  void a_delivery_starts_a_run_that_keeps_what_it_brought_but_no_credential() {
    String token = token(SHARED.withKeptHeaders("X-Event"));

    InboundResponse response =
        deliver(
            token + "?shop=north&tag=a&tag=b",
            "{\"order\": 12345678901234567890.10}",
            "X-Webhook-Secret",
            SECRET,
            "X-Event",
            "paid",
            "Authorization",
            "Bearer abc");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.bodyText()).isEqualTo("{\"received\": true}");
    assertThat(runs(job))
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.state()).isEqualTo(ExecutionState.SUCCEEDED);
              assertThat(stage.view(run.id()).triggerInput().text())
                  .isEqualTo(
                      "{\"body\":{\"order\":12345678901234567890.10},"
                          + "\"headers\":{\"x-event\":\"paid\"},"
                          + "\"query\":{\"shop\":\"north\",\"tag\":[\"a\",\"b\"]}}");
            });
  }

  @Test
  void nobody_can_tell_an_unknown_token_from_one_that_started_a_run() {
    String token = token(TriggerSpec.unverified());

    InboundResponse known = deliver(token, "{}");
    InboundResponse unknown = deliver(NOBODYS, "{}");

    assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(200);
    assertThat(unknown.bodyText()).isEqualTo(known.bodyText());
    assertThat(unknown.headers()).isEqualTo(known.headers());
    assertThat(runs(job)).hasSize(1);
  }

  @Test
  void a_wrong_secret_is_401_and_starts_nothing() {
    String token = token(SHARED);

    assertThat(deliver(token, "{}").status()).isEqualTo(401);
    assertThat(deliver(token, "{}", "X-Webhook-Secret", SECRET + "x").status()).isEqualTo(401);
    assertThat(runs(job)).isEmpty();
    assertThat(deliver(token, "{}", "X-Webhook-Secret", SECRET).status()).isEqualTo(200);
    assertThat(runs(job)).hasSize(1);
  }

  @Test
  void who_wants_even_that_untold_gets_the_answer_of_an_unknown_token() {
    String token = token(SHARED.withUniformResponse());

    assertThat(deliver(token, "{}").bodyText()).isEqualTo(deliver(NOBODYS, "{}").bodyText());
    assertThat(deliver(token, "{}").status()).isEqualTo(200);
    assertThat(runs(job)).isEmpty();
  }

  @Test
  void looking_starts_nothing() {
    String token = token(TriggerSpec.unverified());

    for (String method : new String[] {"GET", "HEAD", "PUT", "OPTIONS"}) {
      assertThat(handle(InboundRequest.of(method, "/triggers/" + token)).status())
          .as(method)
          .isEqualTo(405);
    }
    assertThat(runs(job)).isEmpty();
  }

  @Test
  void what_does_not_read_as_it_says_is_refused_and_starts_nothing() {
    String token = token(TriggerSpec.unverified());

    InboundResponse response = deliver(token, "{\"secret of theirs\": ");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.bodyText()).contains("bad_request").doesNotContain("theirs");
    assertThat(runs(job)).isEmpty();
  }

  @Test
  void a_paused_job_starts_nothing_and_its_address_outlives_the_pause() {
    String token = token(TriggerSpec.unverified());
    stage.trigrun.jobs().pause(job.id());
    assertThat(deliver(token, "1").bodyText()).isEqualTo("{\"received\": true}");
    assertThat(runs(job)).isEmpty();

    stage.trigrun.jobs().resume(job.id());
    deliver(token, "2");

    assertThat(stage.notes).containsExactly("got[]:2");
  }

  @Test
  void only_jobs_that_webhooks_start_get_an_address() {
    Job hourly = stage.job("hourly", Workflow.of(note("n", "1")));

    assertThat(problems(() -> stage.workflows.triggers().issue(hourly.id(), SHARED)))
        .singleElement()
        .asString()
        .startsWith("job_id: expected a job of kind webhook_trigger");
    assertThat(
            problems(
                () ->
                    stage
                        .workflows
                        .triggers()
                        .issue(job.id(), TriggerSpec.of(TriggerVerification.github()))))
        .singleElement()
        .asString()
        .startsWith("webhook_secret: expected one at least");
  }
}
