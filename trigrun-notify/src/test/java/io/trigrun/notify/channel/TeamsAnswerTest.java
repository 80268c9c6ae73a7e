package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Sent;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N7: Teams, what answers mean")
class TeamsAnswerTest {

  private static final Instant NOW = Instant.parse("2026-03-16T10:00:00Z");
  private static final String WORKFLOW = "https://prod-1.westus.logic.azure.com/x?sig=s";
  private static final String CONNECTOR = "https://acme.webhook.office.com/webhookb2/x";

  private final TeamsProvider provider = new TeamsProvider();

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void a_workflow_that_took_the_request_has_got_the_message(int status) {
    assertThat(outcome(WORKFLOW, Replies.of(status, ""))).isEqualTo(new Sent());
    assertThat(outcome(WORKFLOW, Replies.of(status, "any text"))).isEqualTo(new Sent());
  }

  @ParameterizedTest
  @CsvSource({
    "400,MESSAGE",
    "413,MESSAGE",
    "302,MESSAGE",
    "415,MESSAGE",
    "401,CHANNEL",
    "403,CHANNEL",
    "404,CHANNEL",
    "410,CHANNEL"
  })
  void a_permanent_answer_says_whose_fault_it_is(int status, Fault fault) {
    for (String url : new String[] {WORKFLOW, CONNECTOR}) {
      assertThat(outcome(url, Replies.of(status, "")))
          .isEqualTo(new Permanent("Teams returned " + status, fault));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 500, 502, 503, 504})
  void another_attempt_may_help(int status) {
    assertThat(outcome(WORKFLOW, Replies.of(status, "")))
        .isEqualTo(new Transient("Teams returned " + status));
  }

  @Test
  void a_limit_is_waited_for() {
    assertThat(outcome(WORKFLOW, Replies.of(429, "17", "")))
        .isEqualTo(new RateLimited("Teams returned 429", Optional.of(Duration.ofSeconds(17))));
    assertThat(outcome(WORKFLOW, Replies.of(503, "17", ""))).isInstanceOf(RateLimited.class);
    assertThat(outcome(WORKFLOW, Replies.of(429, "")))
        .isEqualTo(new RateLimited("Teams returned 429", Optional.empty()));
  }

  @Test
  void of_the_answers_words_only_the_code_of_the_error_is_repeated() {
    assertThat(
            outcome(
                WORKFLOW,
                Replies.of(
                    401,
                    "{\"error\":{\"code\":\"DirectApiAuthorizationRequired\","
                        + "\"message\":\"The signature sig=s3cret is wrong\"}}")))
        .isEqualTo(
            new Permanent("Teams returned 401: DirectApiAuthorizationRequired", Fault.CHANNEL));
    assertThat(outcome(WORKFLOW, Replies.of(401, "{\"code\":\"<b>@all</b>\"}")))
        .isEqualTo(new Permanent("Teams returned 401", Fault.CHANNEL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CONNECTOR,
        "https://outlook.office.com/webhook/x",
        "https://outlook.office365.com/webhook/x",
        "https://ACME.WEBHOOK.OFFICE.COM/x"
      })
  void a_connector_says_1_if_it_has_posted_the_message(String url) {
    assertThat(outcome(url, Replies.of(200, "1"))).isEqualTo(new Sent());
    assertThat(outcome(url, Replies.of(200, " 1\n"))).isEqualTo(new Sent());
    assertThat(outcome(url, Replies.of(200, "")))
        .isEqualTo(new Transient("Teams returned 200, but its body is not 1"));
    assertThat(outcome(url, Replies.of(202, "ok"))).isInstanceOf(Transient.class);
  }

  @ParameterizedTest
  @CsvSource({
    "429,RateLimited",
    "413,Permanent",
    "404,Permanent",
    "500,Transient",
    "200,Transient"
  })
  void a_connector_hides_errors_in_a_200(int hidden, String outcome) {
    String body =
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error "
            + hidden
            + " with ContextId tcid=0,server=x";
    assertThat(outcome(CONNECTOR, Replies.of(200, body)).getClass().getSimpleName())
        .isEqualTo(outcome);
  }

  @Test
  void a_hidden_error_is_named() {
    assertThat(outcome(CONNECTOR, Replies.of(200, "returned HTTP error 413 with")))
        .isEqualTo(new Permanent("Teams returned 413: in the body of a 200", Fault.MESSAGE));
  }

  private DeliveryOutcome outcome(String url, HttpReply reply) {
    return provider.classify(provider.config(TeamsChannel.of("ops", url).settings()), reply, NOW);
  }
}
