package io.trigrun.workflow;

import static io.trigrun.workflow.TriggerScenario.SHARED;
import static io.trigrun.workflow.TriggerScenario.json;
import static io.trigrun.workflow.TriggerScenario.proven;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.Trigger;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.secret.KeyRing;
import io.trigrun.signing.SignatureScheme;
import io.trigrun.signing.SigningKeys;
import io.trigrun.signing.SigningSecret;
import io.trigrun.signing.Verification;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.workflow.TriggerReceipt.Challenge;
import io.trigrun.workflow.TriggerReceipt.Inactive;
import io.trigrun.workflow.TriggerReceipt.Refused;
import io.trigrun.workflow.TriggerReceipt.Repeated;
import io.trigrun.workflow.TriggerReceipt.Started;
import io.trigrun.workflow.TriggerReceipt.TooBusy;
import io.trigrun.workflow.TriggerReceipt.TooLarge;
import io.trigrun.workflow.TriggerReceipt.Unavailable;
import io.trigrun.workflow.TriggerReceipt.Unknown;
import io.trigrun.workflow.TriggerReceipt.Unreadable;
import io.trigrun.workflow.TriggerVerification.Encoding;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("W7, W14: what becomes of a delivery")
class TriggerDeskTest {

  @Test
  void a_run_sees_body_headers_and_query_and_the_workflow_of_the_moment() {
    InboundRequest request =
        InboundRequest.of("POST", "/triggers/x?a=1&b=2&b=3&c")
            .withHeaders(
                Map.of(
                    "Content-Type", List.of("application/json; charset=utf-8"),
                    "X-Webhook-Secret", List.of(TriggerScenario.SECRET),
                    "Authorization", List.of("Bearer x"),
                    "Cookie", List.of("a=b"),
                    "X-GitHub-Event", List.of("push", "again")))
            .withBody("{\"n\":12345678901234567890.10,\"u\":\"\\u0000é\"}".getBytes(UTF_8));
    try (TriggerScenario scenario = new TriggerScenario()) {
      assertThat(scenario.receive(scenario.token(SHARED), request)).isInstanceOf(Started.class);
      Execution run = scenario.runs().get(0);
      assertThat(run.trigger()).isEqualTo(Trigger.ENQUEUE);
      assertThat(run.handler()).isEqualTo("trigrun.workflow");
      assertThat(run.jobId()).contains(scenario.job.id());
      assertThat(run.payload())
          .isEqualTo(
              "{\"workflow\":{\"kind\":\"webhook_trigger\",\"steps\":[]},\"trigger\":{"
                  + "\"body\":{\"n\":12345678901234567890.10,\"u\":\"\\u0000é\"},"
                  + "\"headers\":{\"content-type\":\"application/json; charset=utf-8\","
                  + "\"x-github-event\":\"push, again\"},"
                  + "\"query\":{\"a\":\"1\",\"b\":[\"2\",\"3\"],\"c\":\"\"}}}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|[1]|[1]",
        "application/vnd.api+json|{\"a\":null}|{\"a\":null}",
        "application/x-www-form-urlencoded|a=1&a=%32&b=|{\"a\":[\"1\",\"2\"],\"b\":\"\"}",
        "text/plain|{\"a\":1}|\"{\\\"a\\\":1}\"",
        "application/xml|<a/>|\"<a/>\"",
        "|[1]|[1]",
        "|no json|\"no json\"",
        "application/json||null",
        "text/plain||null"
      })
  void bodies_are_read_as_what_they_say_they_are(String type, String body, String expected) {
    InboundRequest request =
        proven(body == null ? "" : body)
            .withHeaders(
                type == null
                    ? Map.of("X-Webhook-Secret", List.of(TriggerScenario.SECRET))
                    : Map.of(
                        "X-Webhook-Secret",
                        List.of(TriggerScenario.SECRET),
                        "Content-Type",
                        List.of(type)));
    try (TriggerScenario scenario = new TriggerScenario()) {
      assertThat(scenario.receive(scenario.token(SHARED), request)).isInstanceOf(Started.class);
      assertThat(scenario.runs().get(0).payload())
          .contains("\"trigger\":{\"body\":" + expected + ",\"headers\":");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1]]", "{\"a\":}", "\"\\ud800\"", "nul"})
  void what_is_not_the_json_it_says_it_is_is_refused_without_repeating_it(String body) {
    assertThat(unreadable(body)).startsWith("body: expected ").doesNotContain("nul");
  }

  @Test
  void bodies_without_end_are_given_up_while_they_are_read() {
    assertThat(unreadable("[".repeat(65) + "]".repeat(65))).contains("64 levels");
    assertThat(unreadable("[" + "1,".repeat(100_000) + "1]")).contains("100,000 tokens");
    assertThat(unreadable("1".repeat(1_001))).contains("1,000 digits");
    TriggerLimits small = TriggerLimits.defaults().withBodyBytes(10);
    try (TriggerScenario scenario = new TriggerScenario(small)) {
      String token = scenario.token(SHARED);
      assertThat(scenario.receive(token, proven("\"12345678\""))).isInstanceOf(Started.class);
      assertThat(scenario.receive(token, proven("\"123456789\""))).isEqualTo(new TooLarge(10));
      assertThat(scenario.receive("nobody", proven("\"123456789\""))).isEqualTo(new TooLarge(10));
    }
  }

  private static String unreadable(String body) {
    try (TriggerScenario scenario = new TriggerScenario()) {
      TriggerReceipt known = scenario.receive(scenario.token(SHARED), proven(body));
      assertThat(scenario.receive("nobody", proven(body))).isEqualTo(known);
      assertThat(scenario.runs()).isEmpty();
      return ((Unreadable) known).message();
    }
  }

  @Test
  void the_first_id_that_is_found_tells_deliveries_apart() {
    TriggerDeliveryId source =
        new TriggerDeliveryId(List.of("X-Id", "X-Other"), Optional.of("$.e.id"), true);
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(SHARED.withDeliveryId(source));
      InboundRequest both = proven("{\"e\":{\"id\":7}}").withHeader("X-Id", "1");
      TriggerReceipt first = scenario.receive(token, both);
      assertThat(scenario.receive(token, proven("{}").withHeader("X-Id", "1")))
          .isEqualTo(new Repeated(((Started) first).executionId()));
      assertThat(scenario.receive(token, both.withHeader("X-Id", "2"))).isInstanceOf(Started.class);
      assertThat(scenario.receive(token, proven("{\"e\":{\"id\":7}}"))).isInstanceOf(Started.class);
      assertThat(scenario.receive(token, proven("{\"e\":{\"id\":\"7\"},\"more\":1}")))
          .isInstanceOf(Repeated.class);
      assertThat(scenario.receive(token, proven("{\"e\":{\"id\":{}}}")))
          .as("by its hash")
          .isInstanceOf(Started.class);
      assertThat(scenario.receive(token, proven("{\"e\":{\"id\":{}}}")))
          .isInstanceOf(Repeated.class);
    }
  }

  @Test
  void ids_of_any_length_and_kind_tell_deliveries_apart() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(SHARED.withDeliveryId(TriggerDeliveryId.ofBody("$")));
      for (String id : List.of("a".repeat(5_000), "a".repeat(5_001), "\\u0000", "sha256:x", "é/")) {
        assertThat(scenario.receive(token, proven("\"" + id + "\""))).isInstanceOf(Started.class);
        assertThat(scenario.receive(token, proven("\"" + id + "\""))).isInstanceOf(Repeated.class);
      }
    }
  }

  @Test
  void a_number_of_a_thousand_million_digits_stays_as_short_as_it_came() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(SHARED.withDeliveryId(TriggerDeliveryId.ofBody("$")));
      assertThat(scenario.receive(token, proven("1e999999999"))).isInstanceOf(Started.class);
      assertThat(scenario.runs().get(0).payload()).contains("\"body\":1E+999999999,");
    }
  }

  @Test
  void a_delivery_without_an_id_starts_a_run_each_time() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(SHARED);
      assertThat(scenario.receive(token, proven("{}"))).isInstanceOf(Started.class);
      assertThat(scenario.receive(token, proven("{}"))).isInstanceOf(Started.class);
    }
  }

  @Test
  void the_same_id_for_another_job_is_another_delivery() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      UUID other =
          scenario.trigrun.jobs().save(TriggerScenario.spec("other", "webhook_trigger")).id();
      InboundRequest request = proven("{}").withHeader("Idempotency-Key", "1");
      assertThat(scenario.receive(scenario.token(SHARED), request)).isInstanceOf(Started.class);
      assertThat(scenario.receive(scenario.triggers.issue(other, SHARED).token(), request))
          .isInstanceOf(Started.class);
    }
  }

  @Test
  void each_kind_of_sender_has_an_id_of_its_own() throws Exception {
    SigningKeys keys = SigningKeys.of(SigningSecret.of("secret", "whsec_your"));
    try (TriggerScenario scenario = new TriggerScenario()) {
      byte[] body = "{\"id\":\"evt_1\",\"event_id\":\"Ev1\"}".getBytes(UTF_8);
      String token =
          scenario.token(TriggerSpec.of(TriggerVerification.github()).withSecrets("whsec_your"));
      InboundRequest github =
          signed(SignatureScheme.bodyHex("X-Hub-Signature-256"), keys, body, scenario);
      startsOnce(scenario, token, github.withHeader("X-GitHub-Delivery", "72d3162e"));

      scenario.triggers.update(scenario.job.id(), TriggerSpec.of(TriggerVerification.stripe()));
      startsOnce(
          scenario,
          token,
          signed(SignatureScheme.stripe("Stripe-Signature"), keys, body, scenario));

      String whsec = SigningSecret.random();
      scenario.triggers.update(
          scenario.job.id(),
          TriggerSpec.of(TriggerVerification.standardWebhooks()).withSecrets(whsec));
      SigningKeys standard = SigningKeys.of(SigningSecret.of("secret", whsec));
      startsOnce(scenario, token, signed(SignatureScheme.standard(), standard, body, scenario));

      scenario.triggers.update(
          scenario.job.id(), TriggerSpec.of(TriggerVerification.slack()).withSecrets("slack"));
      startsOnce(scenario, token, slack(scenario, new String(body, UTF_8)));
    }
  }

  private static void startsOnce(TriggerScenario scenario, String token, InboundRequest request) {
    assertThat(scenario.receive(token, request)).isInstanceOf(Started.class);
    assertThat(scenario.receive(token, request)).isInstanceOf(Repeated.class);
  }

  private static InboundRequest signed(
      SignatureScheme scheme, SigningKeys keys, byte[] body, TriggerScenario scenario) {
    InboundRequest request = json(new String(body, UTF_8));
    for (var header : scheme.sign(keys, "msg_1", scenario.now(), body).entrySet()) {
      request = request.withHeader(header.getKey(), header.getValue());
    }
    return request;
  }

  private static InboundRequest slack(TriggerScenario scenario, String body) throws Exception {
    String time = Long.toString(scenario.now().getEpochSecond());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("slack".getBytes(UTF_8), "HmacSHA256"));
    byte[] bytes = mac.doFinal(("v0:" + time + ":" + body).getBytes(UTF_8));
    return json(body)
        .withHeader("X-Slack-Request-Timestamp", time)
        .withHeader("X-Slack-Signature", "v0=" + HexFormat.of().formatHex(bytes));
  }

  @Test
  void slacks_challenge_is_answered_if_slack_asks_it() throws Exception {
    String body = "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aB\"}";
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token =
          scenario.token(TriggerSpec.of(TriggerVerification.slack()).withSecrets("slack"));
      scenario.trigrun.jobs().pause(scenario.job.id());
      assertThat(scenario.receive(token, slack(scenario, body)))
          .isEqualTo(new Challenge("3eZbrw1aB"));
      assertThat(scenario.receive(token, json(body))).isInstanceOf(Refused.class);
      scenario.trigrun.jobs().resume(scenario.job.id());
      scenario.triggers.update(scenario.job.id(), SHARED);
      assertThat(scenario.receive(token, proven(body))).isInstanceOf(Started.class);
    }
  }

  @Test
  void a_job_that_is_paused_or_a_draft_is_not_started() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(SHARED);
      UUID job = scenario.job.id();
      scenario.trigrun.jobs().pause(job);
      assertThat(scenario.receive(token, proven("{}"))).isEqualTo(new Inactive(job));
      assertThat(scenario.receive(token, json("{}"))).isInstanceOf(Refused.class);
      scenario.trigrun.jobs().resume(job);
      assertThat(scenario.receive(token, proven("{}"))).isInstanceOf(Started.class);

      UUID draft =
          scenario.trigrun.jobs().draft(TriggerScenario.spec("draft", "webhook_trigger")).id();
      assertThat(scenario.receive(scenario.triggers.issue(draft, SHARED).token(), proven("{}")))
          .isEqualTo(new Inactive(draft));
    }
  }

  @Test
  void a_job_that_has_become_one_of_another_kind_is_not_started() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(SHARED);
      scenario
          .trigrun
          .jobs()
          .update(scenario.job.id(), TriggerScenario.spec("on-push", "workflow"));
      assertThat(scenario.receive(token, proven("{}"))).isEqualTo(new Unknown());
    }
  }

  @Test
  void deliveries_to_a_token_are_paced_whether_somebody_has_it_or_not() {
    TriggerLimits two = TriggerLimits.defaults().withDeliveries(2, Duration.ofSeconds(10));
    try (TriggerScenario scenario = new TriggerScenario(two)) {
      String token = scenario.token(SHARED);
      for (String each : List.of(token, "nobody")) {
        assertThat(scenario.receive(each, proven("{}"))).isNotInstanceOf(TooBusy.class);
        assertThat(scenario.receive(each, proven("{}"))).isNotInstanceOf(TooBusy.class);
        assertThat(scenario.receive(each, proven("{}")))
            .isEqualTo(new TooBusy(Duration.ofSeconds(10)));
      }
      assertThat(scenario.runs()).hasSize(2);
      scenario.clock.advance(Duration.ofSeconds(10));
      assertThat(scenario.receive(token, proven("{}"))).isInstanceOf(Started.class);
    }
  }

  @Test
  void what_proves_nothing_takes_no_room_from_what_does() {
    TriggerLimits two = TriggerLimits.defaults().withDeliveries(2, Duration.ofSeconds(10));
    try (TriggerScenario scenario = new TriggerScenario(two)) {
      String token = scenario.token(SHARED.withUniformResponse());
      assertThat(scenario.receive(token, json("{}")))
          .isEqualTo(new Refused(scenario.job.id(), Verification.MISSING, true));
      assertThat(scenario.receive(token, json("{}"))).isInstanceOf(Refused.class);
      assertThat(scenario.receive(token, json("{}"))).isInstanceOf(TooBusy.class);
      assertThat(scenario.receive(token, proven("{}"))).isInstanceOf(Started.class);
    }
  }

  @Test
  void who_guesses_has_to_wait_and_nobody_else() {
    TriggerLimits two = TriggerLimits.defaults().withFailures(2, Duration.ofSeconds(10));
    try (TriggerScenario scenario = new TriggerScenario(two)) {
      String token = scenario.token(SHARED);
      InboundRequest guess = json("{}").withRemoteAddress("2001:db8::1");
      assertThat(scenario.receive(token, guess)).isInstanceOf(Refused.class);
      assertThat(scenario.receive(token, guess.withRemoteAddress("2001:db8::2")))
          .as("of the same network")
          .isInstanceOf(Refused.class);
      InboundRequest right = proven("{}").withRemoteAddress("2001:db8::3");
      assertThat(scenario.receive(token, right))
          .as("though it is right")
          .isEqualTo(new TooBusy(Duration.ofSeconds(10)));
      assertThat(scenario.receive(token, right.withRemoteAddress("2001:db8:1::1")))
          .isInstanceOf(Started.class);
      scenario.clock.advance(Duration.ofSeconds(10));
      assertThat(scenario.receive(token, right)).isInstanceOf(Started.class);
    }
  }

  @Test
  void who_tries_many_tokens_has_to_wait_and_nobody_else() {
    TriggerLimits two = TriggerLimits.defaults().withFailures(2, Duration.ofSeconds(10));
    try (TriggerScenario scenario = new TriggerScenario(two)) {
      String uniform = scenario.token(SHARED.withUniformResponse());
      InboundRequest guess = json("{}").withRemoteAddress("2001:db8::1");
      assertThat(scenario.receive("one", guess)).isEqualTo(new Unknown());
      assertThat(scenario.receive("two", guess.withRemoteAddress("2001:db8::2")))
          .as("of the same network")
          .isEqualTo(new Unknown());
      TooBusy wait = new TooBusy(Duration.ofSeconds(10));
      assertThat(scenario.receive("three", guess)).isEqualTo(wait);
      assertThat(scenario.receive(uniform, guess)).as("nothing tells it apart").isEqualTo(wait);
      assertThat(scenario.receive(uniform, proven("{}").withRemoteAddress("2001:db8::3")))
          .as("what proves itself, from the same network")
          .isInstanceOf(Started.class);
      assertThat(scenario.receive("three", guess.withRemoteAddress("2001:db8:1::1")))
          .isEqualTo(new Unknown());
      scenario.clock.advance(Duration.ofSeconds(10));
      assertThat(scenario.receive("three", guess)).isEqualTo(new Unknown());
    }
  }

  @Test
  void a_secret_that_cannot_be_had_is_no_reason_to_drop_a_delivery() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(SHARED.withSecrets("secret://later", "secret://never"));
      assertThat(scenario.receive(token, proven("{}")))
          .isEqualTo(new Unavailable(scenario.job.id()));
      scenario.trigrun.secrets().create("later", TriggerScenario.SECRET);
      new TrigRunDriver(scenario.trigrun, scenario.clock).runDue(); // values are as of a claim
      assertThat(scenario.receive(token, proven("{}"))).isInstanceOf(Started.class);
      assertThat(scenario.receive(token, json("{}"))).isEqualTo(new Unavailable(scenario.job.id()));
    }
    TestStore.Opened opened = TestStore.MEMORY.open();
    TriggerScenario first = new TriggerScenario(opened, TriggerLimits.defaults());
    String token = first.token(SHARED);
    KeyRing other = KeyRing.of("other", KeyRing.generateKey());
    try (TriggerScenario second = new TriggerScenario(opened, TriggerLimits.defaults(), other)) {
      assertThat(second.receive(token, proven("{}"))).isInstanceOf(Unavailable.class);
      first.trigrun.close();
    }
  }

  @Test
  void an_hmac_of_the_senders_own_making_is_taken() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("key".getBytes(UTF_8), "HmacSHA256"));
    String signature = Base64.getEncoder().encodeToString(mac.doFinal("5.{}".getBytes(UTF_8)));
    TriggerSpec spec =
        TriggerSpec.of(
                TriggerVerification.hmac("X-Proof", "b64:", Encoding.BASE64)
                    .withTimestampHeader("X-At"))
            .withSecrets("key");
    try (TriggerScenario scenario = new TriggerScenario()) {
      scenario.clock.set(Instant.ofEpochSecond(5));
      InboundRequest request =
          json("{}").withHeader("X-At", "5").withHeader("X-Proof", "b64:" + signature);
      assertThat(scenario.receive(scenario.token(spec), request)).isInstanceOf(Started.class);
    }
  }
}
