package io.trigrun.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.signing.Verification;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.TriggerReceipt.Refused;
import io.trigrun.workflow.TriggerReceipt.Started;
import io.trigrun.workflow.TriggerVerification.Encoding;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("W14: signatures of senders")
class TriggerVerificationTest {

  /**
   * A request as a sender has published it.
   *
   * @param proof the header that proves something
   */
  record Sender(
      String name,
      TriggerVerification verification,
      String secret,
      String another,
      String body,
      Instant at,
      boolean isTimed,
      String proof,
      Map<String, String> headers) {

    InboundRequest request() {
      return request(body, each(headers));
    }

    InboundRequest request(String otherBody, Map<String, List<String>> otherHeaders) {
      return InboundRequest.of("POST", "/triggers/x")
          .withHeaders(otherHeaders)
          .withRemoteAddress("192.0.2.7")
          .withBody(otherBody.getBytes(UTF_8));
    }

    InboundRequest with(String header, List<String> values) {
      Map<String, List<String>> others = each(headers);
      others.put(header, values);
      return request(body, others);
    }

    TriggerSpec spec() {
      return TriggerSpec.of(verification).withSecrets(secret);
    }

    private static Map<String, List<String>> each(Map<String, String> headers) {
      Map<String, List<String>> all = new LinkedHashMap<>();
      headers.forEach((header, value) -> all.put(header, List.of(value)));
      return all;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Instant ANY = Instant.parse("2026-03-16T10:00:00Z");

  /** From GitHub's documentation, "Validating webhook deliveries". */
  private static final Sender GITHUB =
      new Sender(
          "GitHub",
          TriggerVerification.github(),
          "It's a Secret to Everybody",
          "another",
          "Hello, World!",
          ANY,
          false,
          "X-Hub-Signature-256",
          Map.of(
              "X-Hub-Signature-256",
              "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));

  private static final Sender STRIPE =
      new Sender(
          "Stripe",
          TriggerVerification.stripe(),
          "whsec_test_secret",
          "whsec_another",
          "{\"test\": 2432232314}",
          Instant.ofEpochSecond(1_614_265_330),
          true,
          "Stripe-Signature",
          Map.of(
              "Stripe-Signature",
              "t=1614265330,"
                  + "v1=10c96c6fd3f320fcfc264cdc4f476c15060ede8e8a08404cea2ddf3b72544a9c"));

  /** From Slack's documentation, "Verifying requests from Slack". */
  private static final Sender SLACK =
      new Sender(
          "Slack",
          TriggerVerification.slack(),
          "8f742231b10e8888abcd99yyyzzz85a5",
          "another",
          "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
              + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
              + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
              + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
              + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
          Instant.ofEpochSecond(1_531_420_618),
          true,
          "X-Slack-Signature",
          Map.of(
              "X-Slack-Request-Timestamp",
              "1531420618",
              "X-Slack-Signature",
              "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"));

  /** The vector of the specification's own libraries. */
  private static final Sender STANDARD =
      new Sender(
          "Standard Webhooks",
          TriggerVerification.standardWebhooks(),
          "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
          "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
          "{\"test\": 2432232314}",
          Instant.ofEpochSecond(1_614_265_330),
          true,
          "webhook-signature",
          Map.of(
              "webhook-id",
              "msg_p5jXN8AQM9LWM0D4loKWxJek",
              "webhook-timestamp",
              "1614265330",
              "webhook-signature",
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

  /** Test case 2 of RFC 4231. */
  private static final Sender HEX =
      new Sender(
          "HMAC in hexadecimal digits",
          TriggerVerification.hmac("X-Signature", "hmac=", Encoding.HEX),
          "Jefe",
          "another",
          "what do ya want for nothing?",
          ANY,
          false,
          "X-Signature",
          Map.of(
              "X-Signature",
              "hmac=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));

  private static final Sender BASE64 =
      new Sender(
          "HMAC in base64",
          TriggerVerification.hmac("X-Shopify-Hmac-Sha256", "", Encoding.BASE64),
          "Jefe",
          "another",
          "what do ya want for nothing?",
          ANY,
          false,
          "X-Shopify-Hmac-Sha256",
          Map.of("X-Shopify-Hmac-Sha256", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="));

  /** Stripe's signature, in two headers. */
  private static final Sender TIMED =
      new Sender(
          "HMAC with time",
          TriggerVerification.hmac("X-Signature", "", Encoding.HEX).withTimestampHeader("X-Time"),
          "whsec_test_secret",
          "another",
          "{\"test\": 2432232314}",
          Instant.ofEpochSecond(1_614_265_330),
          true,
          "X-Signature",
          Map.of(
              "X-Time",
              "1614265330",
              "X-Signature",
              "10c96c6fd3f320fcfc264cdc4f476c15060ede8e8a08404cea2ddf3b72544a9c"));

  private static final Sender SHARED =
      new Sender(
          "shared secret",
          TriggerVerification.sharedSecret(),
          "a-secret",
          "another-secret",
          "{}",
          ANY,
          false,
          "X-Webhook-Secret",
          Map.of("X-Webhook-Secret", "a-secret"));

  static Stream<Sender> senders() {
    return Stream.concat(signers(), Stream.of(SHARED));
  }

  static Stream<Sender> signers() {
    return Stream.of(GITHUB, STRIPE, SLACK, STANDARD, HEX, BASE64, TIMED);
  }

  static Stream<Sender> timed() {
    return signers().filter(Sender::isTimed);
  }

  @ParameterizedTest
  @MethodSource("senders")
  void what_the_sender_has_published_starts_a_run(Sender sender) {
    assertThat(received(sender, sender.spec(), sender.request())).isInstanceOf(Started.class);
  }

  @ParameterizedTest
  @MethodSource("signers")
  void another_body_is_refused(Sender sender) {
    InboundRequest request = sender.request(sender.body() + " ", Sender.each(sender.headers()));
    assertThat(why(sender, sender.spec(), request)).isEqualTo(Verification.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("senders")
  void another_secret_is_refused(Sender sender) {
    TriggerSpec spec = TriggerSpec.of(sender.verification()).withSecrets(sender.another());
    assertThat(why(sender, spec, sender.request())).isEqualTo(Verification.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("senders")
  void while_secrets_change_both_hold_in_any_order(Sender sender) {
    TriggerSpec both = TriggerSpec.of(sender.verification());
    assertThat(
            received(sender, both.withSecrets(sender.another(), sender.secret()), sender.request()))
        .isInstanceOf(Started.class);
    assertThat(
            received(sender, both.withSecrets(sender.secret(), sender.another()), sender.request()))
        .isInstanceOf(Started.class);
  }

  @ParameterizedTest
  @MethodSource("senders")
  void each_header_has_to_be_there_once(Sender sender) {
    for (Map.Entry<String, String> header : sender.headers().entrySet()) {
      String name = header.getKey();
      assertThat(why(sender, sender.spec(), sender.with(name, List.of())))
          .as(name)
          .isEqualTo(Verification.MISSING);
      List<String> twice = List.of(header.getValue(), header.getValue());
      assertThat(why(sender, sender.spec(), sender.with(name, twice)))
          .as(name)
          .isEqualTo(Verification.DUPLICATE);
    }
  }

  @ParameterizedTest
  @MethodSource("signers")
  void what_has_not_the_form_of_a_signature_is_none(Sender sender) {
    String right = sender.headers().getOrDefault(sender.proof(), "");
    for (String wrong : List.of("", "x", right.substring(1), right + "0", "sha1=" + right)) {
      assertThat(why(sender, sender.spec(), sender.with(sender.proof(), List.of(wrong))))
          .as(wrong)
          .isEqualTo(Verification.MALFORMED);
    }
  }

  @ParameterizedTest
  @CsvSource({"-301,TOO_NEW", "-300,VALID", "300,VALID", "301,TOO_OLD"})
  void the_time_may_be_300_seconds_off_either_way(long seconds, Verification expected) {
    for (Sender sender : timed().toList()) {
      Instant now = sender.at().plusSeconds(seconds);
      assertThat(verified(now, sender.spec(), sender.request()))
          .as(sender.name())
          .isEqualTo(expected);
    }
  }

  @Test
  void the_tolerance_can_be_another() {
    for (Sender sender : timed().toList()) {
      TriggerSpec spec = sender.spec().withTolerance(Duration.ofSeconds(10));
      assertThat(verified(sender.at().plusSeconds(10), spec, sender.request()))
          .isEqualTo(Verification.VALID);
      assertThat(verified(sender.at().plusSeconds(11), spec, sender.request()))
          .isEqualTo(Verification.TOO_OLD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+1614265330", "-1", "1614265330.0", "1e9", "now", "١٦١٤٢٦٥٣٣٠"})
  void a_time_is_nothing_but_digits(String time) {
    for (Sender sender : List.of(SLACK, TIMED)) {
      String header = sender.equals(SLACK) ? "X-Slack-Request-Timestamp" : "X-Time";
      assertThat(why(sender, sender.spec(), sender.with(header, List.of(time))))
          .isEqualTo(Verification.MALFORMED);
    }
  }

  @Test
  void another_time_is_a_mismatch() {
    assertThat(
            why(
                SLACK,
                SLACK.spec(),
                SLACK.with("X-Slack-Request-Timestamp", List.of("1531420619"))))
        .isEqualTo(Verification.MISMATCH);
  }

  @Test
  void stripe_may_list_several_signatures_in_any_order() {
    String wrong = "v1=" + "0".repeat(64);
    String right = STRIPE.headers().getOrDefault("Stripe-Signature", "");
    String[] parts = right.split(",", 2);
    for (String value :
        List.of(right + "," + wrong, wrong + "," + right, parts[1] + "," + parts[0])) {
      assertThat(received(STRIPE, STRIPE.spec(), STRIPE.with("Stripe-Signature", List.of(value))))
          .isInstanceOf(Started.class);
    }
  }

  @Test
  void the_header_of_a_shared_secret_can_be_another() {
    TriggerSpec gitlab =
        TriggerSpec.of(new TriggerVerification.SharedSecret("X-Gitlab-Token"))
            .withSecrets("a-secret");
    assertThat(received(SHARED, gitlab, SHARED.with("x-gitlab-token", List.of("a-secret"))))
        .isInstanceOf(Started.class);
    assertThat(why(SHARED, gitlab, SHARED.request())).isEqualTo(Verification.MISSING);
  }

  @Test
  void secrets_of_a_form_that_no_sender_of_the_kind_uses_are_refused_unseen() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      TriggerSpec spec =
          TriggerSpec.of(TriggerVerification.standardWebhooks()).withSecrets("not-base64-at-all");
      assertThatThrownBy(() -> scenario.token(spec))
          .isInstanceOf(ValidationException.class)
          .hasMessageStartingWith("webhook_secret: expected whsec_")
          .hasMessageEndingWith("got another text, not shown");
      assertThatThrownBy(
              () ->
                  scenario.token(
                      TriggerSpec.of(TriggerVerification.sharedSecret()).withSecrets("spaced ")))
          .isInstanceOf(ValidationException.class)
          .hasMessageStartingWith("webhook_secret: expected no spaces around it");
    }
  }

  private static Verification why(Sender sender, TriggerSpec spec, InboundRequest request) {
    return verified(sender.at(), spec, request);
  }

  private static Verification verified(Instant now, TriggerSpec spec, InboundRequest request) {
    try (TriggerScenario scenario = new TriggerScenario()) {
      scenario.clock.set(now);
      return scenario.receive(scenario.token(spec), request) instanceof Refused refused
          ? refused.why()
          : Verification.VALID;
    }
  }

  private static TriggerReceipt received(Sender sender, TriggerSpec spec, InboundRequest request) {
    try (TriggerScenario scenario = new TriggerScenario()) {
      scenario.clock.set(sender.at());
      TriggerReceipt receipt = scenario.receive(scenario.token(spec), request);
      assertThat(scenario.runs()).hasSize(receipt instanceof Started ? 1 : 0);
      return receipt;
    }
  }
}
