package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import io.trigrun.signing.WebhookVerifier;
import io.trigrun.validation.ValidationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookProviderTest {

  private static final String SECRET = "whsec_your_signing_secret";

  private final WebhookProvider provider = new WebhookProvider();

  private static final Message FAILED = TestMessages.failed();

  @Test
  void the_payload_is_that_of_the_guide_key_for_key() {
    assertThat(render(WebhookChannel.of("ops", "https://example.com"), FAILED))
        .isEqualTo(
            "{\"event\":\"execution.failed\","
                + "\"job\":{\"id\":\"019547f8-0000-7000-8000-000000000001\",\"name\":\"Nightly sync\"},"
                + "\"execution\":{\"id\":\"019547f8-0000-7000-8000-000000000002\","
                + "\"status\":\"failed\",\"status_code\":500,"
                + "\"body_preview\":\"Internal Server Error\",\"error_class\":\"HTTP_5XX\"},"
                + "\"output\":null,"
                + "\"timestamp\":\"2026-03-16T10:00:00.000Z\"}");
  }

  @Test
  void what_is_not_there_is_null() {
    Message bare = TestMessages.succeeded("a/b \"c\"");
    assertThat(render(WebhookChannel.of("ops", "https://example.com").includeOutput(true), bare))
        .contains("\"name\":\"a/b \\\"c\\\"\"")
        .contains("\"status_code\":null,\"body_preview\":null,\"error_class\":null}")
        .contains("\"output\":null,\"timestamp\":\"2026-03-16T10:00:00.000Z\"");
  }

  @Test
  void the_output_comes_along_when_asked_for_with_all_its_digits() {
    assertThat(render(WebhookChannel.of("ops", "https://example.com").includeOutput(true), FAILED))
        .contains("\"output\":{\"rows\":12.50},");
  }

  @Test
  void a_long_output_stays_at_home() {
    Message big = TestMessages.failed(Optional.of("\"" + "x".repeat(20_000) + "\""));
    assertThat(render(WebhookChannel.of("ops", "https://example.com").includeOutput(true), big))
        .contains("\"output\":null,");
  }

  @Test
  void the_signature_is_that_of_the_very_bytes() {
    OutboundRequest request = request(channel().signingSecret(SECRET));
    Map<String, List<String>> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(name, List.of(value)));

    assertThat(request.headers()).containsOnlyKeys("X-Webhook-Signature");
    assertThat(WebhookVerifier.of(SECRET).verify(request.body(), headers).isValid()).isTrue();
    assertThat(new String(request.body(), UTF_8)).isEqualTo(render(channel(), FAILED));
  }

  @Test
  void without_a_secret_there_is_no_signature() {
    assertThat(request(channel()).headers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a url",
        "ftp://example.com/x",
        "/relative",
        "https://",
        "https://user:pw@example.com/",
        "https://example.com/#part",
        "https://example.com:99999/",
        "https://2130706433/",
        "https://exa\r\nmple.com/"
      })
  void wrong_urls_are_refused_when_the_channel_is_saved(String url) {
    assertThatThrownBy(() -> provider.config(WebhookChannel.of("ops", url).settings()))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .isNotEmpty()
                    .allMatch(p -> p.field().equals("config.url")));
  }

  @Test
  void an_error_never_repeats_the_query_of_a_url() {
    for (String url : List.of("ftp://example.com/?token=s3cret", "ht tp://x?token=s3cret")) {
      assertThatThrownBy(() -> provider.config(WebhookChannel.of("ops", url).settings()))
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void all_mistakes_are_told_at_once() {
    assertThatThrownBy(
            () -> provider.config(WebhookChannel.of("ops", "nope").signingSecret(" ").settings()))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.field())
                    .containsExactly("config.url", "config.signing_secret"));
  }

  @Test
  void a_setting_of_another_type_is_refused() {
    Settings settings = channel().settings().with("include_output", "yes");
    assertThatThrownBy(() -> provider.config(settings))
        .hasMessage("config.include_output: expected true or false, got String");
  }

  @Test
  void nothing_shows_the_secret_or_the_query() {
    WebhookChannel channel =
        WebhookChannel.of("ops", "https://example.com/?token=s3cret").signingSecret(SECRET);
    for (Object shown :
        List.of(
            channel, channel.settings(), provider.config(channel.settings()), request(channel))) {
      assertThat(shown.toString()).doesNotContain(SECRET).doesNotContain("s3cret");
    }
  }

  private static WebhookChannel channel() {
    return WebhookChannel.of("ops", "https://example.com/hook");
  }

  private String render(WebhookChannel channel, Message message) {
    return provider.render(provider.config(channel.settings()), message).body();
  }

  private OutboundRequest request(WebhookChannel channel) {
    WebhookConfig config = provider.config(channel.settings());
    Rendering rendering = provider.render(config, FAILED);
    return provider.request(config, rendering, TestMessages.STAMP);
  }
}
