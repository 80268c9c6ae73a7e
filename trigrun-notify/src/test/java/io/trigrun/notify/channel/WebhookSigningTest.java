package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.channel.WebhookChannel.Signatures;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import io.trigrun.signing.SigningSecret;
import io.trigrun.validation.ValidationException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N2, N16: which headers sign a webhook")
class WebhookSigningTest {

  private static final String ANY = "whsec_your_signing_secret";
  private static final String STANDARD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String[] STANDARD_HEADERS = {
    "webhook-id", "webhook-timestamp", "webhook-signature"
  };
  private static final Instant SENT_AT = TestMessages.STAMP.at();

  private final WebhookProvider provider = new WebhookProvider();

  @Test
  void a_secret_of_the_standard_signs_both_ways() {
    Map<String, String> headers = headers(channel().signingSecret(STANDARD));
    assertThat(headers)
        .containsOnlyKeys(
            "X-Webhook-Signature", "webhook-id", "webhook-timestamp", "webhook-signature")
        .containsEntry("webhook-id", TestMessages.STAMP.id().toString())
        .containsEntry("webhook-timestamp", Long.toString(SENT_AT.getEpochSecond()));
  }

  @Test
  void any_other_secret_signs_the_body() {
    assertThat(headers(channel().signingSecret(ANY))).containsOnlyKeys("X-Webhook-Signature");
  }

  @Test
  void a_channel_may_choose_one() {
    WebhookChannel channel = channel().signingSecret(STANDARD);
    assertThat(headers(channel.signatures(Signatures.BOTH))).hasSize(4);
    assertThat(headers(channel.signatures(Signatures.BODY)))
        .containsOnlyKeys("X-Webhook-Signature");
    assertThat(headers(channel.signatures(Signatures.STANDARD))).containsOnlyKeys(STANDARD_HEADERS);
    assertThat(headers(channel().signatures(Signatures.STANDARD))).isEmpty();
  }

  @Test
  void a_secret_that_cannot_do_what_the_channel_asks_for_is_refused_without_repeating_it() {
    assertProblem(
        channel().signingSecret(ANY).signatures(Signatures.STANDARD), "config.signing_secret");
    assertProblem(
        channel()
            .signingSecret(STANDARD)
            .previousSecret(ANY, SENT_AT)
            .signatures(Signatures.STANDARD),
        "config.signing_secret_previous");
  }

  @Test
  void the_secret_before_signs_along_until_its_time_is_over() {
    WebhookChannel next = channel().signingSecret(SigningSecret.random());
    String before = signature(headers(channel().signingSecret(STANDARD)));

    assertThat(signature(headers(next.previousSecret(STANDARD, SENT_AT.plusSeconds(1)))))
        .endsWith(" " + before);
    assertThat(signature(headers(next.previousSecret(STANDARD, SENT_AT)))).doesNotContain(before);
  }

  @Test
  void the_header_with_room_for_one_is_signed_with_the_new_secret() {
    WebhookChannel next = channel().signingSecret(ANY);
    assertThat(headers(next.previousSecret(STANDARD, SENT_AT.plusSeconds(1))))
        .isEqualTo(headers(next));
    assertThat(
            headers(channel().signingSecret(STANDARD).previousSecret(ANY, SENT_AT.plusSeconds(1))))
        .isEqualTo(headers(channel().signingSecret(STANDARD)));
  }

  @Test
  void a_secret_before_needs_a_successor_and_an_end() {
    assertProblem(channel().previousSecret(STANDARD, SENT_AT), "config.signing_secret");
    Settings settings = channel().signingSecret(STANDARD).settings();
    assertProblem(
        settings.with("signing_secret_previous", ANY), "config.signing_secret_previous_until");
    assertProblem(
        settings.with("signing_secret_previous_until", "2026-03-16T10:00:00Z"),
        "config.signing_secret_previous_until");
    assertProblem(
        settings
            .with("signing_secret_previous", ANY)
            .with("signing_secret_previous_until", "tomorrow"),
        "config.signing_secret_previous_until");
  }

  @Test
  void the_pair_of_another_platform() {
    assertThat(
            headers(
                channel()
                    .signingSecret(ANY)
                    .signatureHeader("X-AegisRunner-Signature")
                    .eventHeader("X-AegisRunner-Event")))
        .containsOnlyKeys("X-AegisRunner-Signature", "X-AegisRunner-Event")
        .containsEntry("X-AegisRunner-Event", "execution.failed");
  }

  @Test
  void a_header_of_the_host_goes_along() {
    assertThat(headers(channel().header("Authorization", "Bearer s3cret")))
        .containsExactly(Map.entry("Authorization", "Bearer s3cret"));
  }

  @ParameterizedTest
  @CsvSource({
    "event_header, X-Webhook-Signature",
    "event_header, webhook-id",
    "event_header, X-TrigRun-Attempt",
    "event_header, traceparent",
    "event_header, User-Agent",
    "event_header, Content-Type",
    "event_header, Content-Length",
    "event_header, Host",
    "event_header, ''",
    "event_header, 'a b'",
    "event_header, 'a:b'",
    "signature_header, Webhook-Signature",
    "signature_header, 'X\r\nY'",
    "signature_headers, all",
    "signature_headers, BOTH",
    "signature_headers, ''"
  })
  void headers_that_are_none_or_set_otherwise_are_refused(String setting, String value) {
    assertProblem(channel().settings().with(setting, value), "config." + setting);
  }

  @Test
  void no_header_is_set_twice() {
    assertProblem(channel().signatureHeader("X-Mine").eventHeader("x-mine"), "config.event_header");
    assertProblem(channel().eventHeader("X-Mine").header("X-MINE", "v"), "config.header_name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"line\r\nbreak", "ümlaut", "\u0000"})
  void a_value_that_no_header_can_have_is_refused_without_repeating_it(String value) {
    assertThatThrownBy(() -> provider.config(channel().header("X-Mine", value).settings()))
        .hasMessageStartingWith("config.header_value: expected printable ASCII")
        .hasMessageNotContaining(value);
  }

  @Test
  void name_and_value_of_a_header_belong_together() {
    assertProblem(channel().settings().with("header_name", "X-Mine"), "config.header_value");
    assertProblem(channel().settings().with("header_value", "v"), "config.header_name");
  }

  @Test
  void the_default_name_may_be_spelled_out() {
    assertThatCode(
            () -> provider.config(channel().signatureHeader("x-webhook-signature").settings()))
        .doesNotThrowAnyException();
  }

  @Test
  void secrets_are_declared_as_such_and_shown_nowhere() {
    assertThat(provider.spec().secretNames())
        .containsExactlyInAnyOrder("signing_secret", "signing_secret_previous", "header_value");
    WebhookChannel channel =
        channel()
            .signingSecret(STANDARD)
            .previousSecret(ANY, SENT_AT)
            .header("Authorization", "Bearer s3cret");
    WebhookConfig config = provider.config(channel.settings());
    for (Object shown :
        List.of(channel, config, config.headers(), config.signature(), request(channel))) {
      assertThat(shown.toString()).doesNotContain(STANDARD, ANY, "s3cret");
    }
  }

  private void assertProblem(WebhookChannel channel, String field) {
    assertProblem(channel.settings(), field);
  }

  private void assertProblem(Settings settings, String field) {
    assertThatThrownBy(() -> provider.config(settings))
        .hasMessageNotContaining(ANY)
        .isInstanceOfSatisfying(
            ValidationException.class,
            e -> assertThat(e.problems()).extracting(p -> p.field()).containsExactly(field));
  }

  private static String signature(Map<String, String> headers) {
    return headers.getOrDefault("webhook-signature", "");
  }

  private static WebhookChannel channel() {
    return WebhookChannel.of("ops", "https://example.com/hook");
  }

  private Map<String, String> headers(WebhookChannel channel) {
    return request(channel).headers();
  }

  private OutboundRequest request(WebhookChannel channel) {
    WebhookConfig config = provider.config(channel.settings());
    Rendering rendering = provider.render(config, TestMessages.failed());
    return provider.request(config, rendering, TestMessages.STAMP);
  }
}
