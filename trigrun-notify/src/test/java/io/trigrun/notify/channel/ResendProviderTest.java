package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.Rendering;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@DisplayName("N3: e-mail through Resend")
class ResendProviderTest {

  private static final String KEY = "re_do_not_show_me";
  private static final ResendMail MAIL = ResendMail.of(KEY, "Alerts <alerts@example.com>");
  private static final Instant NOW = Instant.parse("2026-03-16T22:30:00Z");

  private final ResendProvider provider = new ResendProvider(MAIL);
  private final EmailConfig ops = new EmailConfig("ops@example.com", false);

  @Test
  void the_body_is_what_resend_takes_and_holds_no_secret() {
    Rendering rendering = provider.render(ops, TestMessages.failed());
    JsonNode json = JsonText.read(rendering.body());

    assertThat(rendering.contentType()).isEqualTo("application/json");
    assertThat(json.propertyNames())
        .containsExactly("from", "to", "subject", "html", "text", "headers");
    assertThat(json.path("from").stringValue()).isEqualTo("Alerts <alerts@example.com>");
    assertThat(json.path("to").toString()).isEqualTo("[\"ops@example.com\"]");
    assertThat(json.path("subject").stringValue()).isEqualTo("Nightly sync failed");
    assertThat(json.path("headers").toString())
        .isEqualTo("{\"Auto-Submitted\":\"auto-generated\"}");
    assertThat(rendering.body()).doesNotContain(KEY);
  }

  @Test
  void the_html_and_the_text_are_as_agreed() throws IOException {
    Notice notice =
        TestMessages.failed()
            .notice()
            .withText("2 of 3 hosts are <down> & out.\nSee evil.example.com")
            .withLink(Optional.of(java.net.URI.create("https://ops.example.com/runs?a=1&b='2'")));
    JsonNode json =
        JsonText.read(
            provider
                .render(new EmailConfig("ops@example.com", true), TestMessages.failed(notice))
                .body());

    assertThat(json.path("text").stringValue()).isEqualTo(golden("email-failed.txt"));
    assertThat(json.path("html").stringValue()).isEqualTo(golden("email-failed.html"));
  }

  @Test
  void output_is_shown_only_if_asked_for() {
    assertThat(provider.render(ops, TestMessages.failed()).body())
        .doesNotContain("Internal Server Error");
    assertThat(
            provider.render(new EmailConfig("ops@example.com", true), TestMessages.failed()).body())
        .contains("Internal Server Error");
  }

  @ParameterizedTest
  @CsvSource({"GOOD, #1a7f37", "BAD, #cf222e", "WARNING, #9a6700", "NEUTRAL, #57606a"})
  void the_header_has_the_colour_of_the_status(Tone tone, String colour) {
    String html = html(Notice.of("Backup", tone));
    assertThat(html).contains("<td bgcolor=\"" + colour + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "javascript:alert(1), false",
    "data:text/html;x, false",
    "mailto:a@example.com, false",
    "https:opaque, false",
    "https://ops.example.com/, true",
    "HTTP://ops.example.com/, true"
  })
  void only_links_to_the_web_are_links(String link, boolean shown) {
    String html =
        html(Notice.of("Backup", Tone.GOOD).withLink(Optional.of(java.net.URI.create(link))));
    assertThat(html.contains("href=")).isEqualTo(shown);
  }

  @Test
  void every_attempt_has_the_same_bytes_and_the_same_key() {
    Rendering rendering = provider.render(ops, TestMessages.failed());
    OutboundRequest request = provider.request(ops, rendering, TestMessages.STAMP);

    assertThat(request.url()).hasToString("https://api.resend.com/emails");
    assertThat(request.headers())
        .containsOnly(
            Map.entry("Authorization", "Bearer " + KEY),
            Map.entry("Idempotency-Key", "019547f8-0000-7000-8000-000000000009"));
    assertThat(request.body()).isEqualTo(rendering.bytes());
  }

  @Test
  void a_mail_on_its_way_goes_to_the_channels_new_address_as_another_mail() {
    Rendering rendering = provider.render(ops, TestMessages.failed());
    EmailConfig dev = new EmailConfig("dev@example.com", false);
    OutboundRequest request = provider.request(dev, rendering, TestMessages.STAMP);
    OutboundRequest again = provider.request(dev, rendering, TestMessages.STAMP);

    assertThat(request.body()).isEqualTo(provider.render(dev, TestMessages.failed()).bytes());
    assertThat(request.headers().get("Idempotency-Key"))
        .startsWith("019547f8-0000-7000-8000-000000000009/")
        .isEqualTo(again.headers().get("Idempotency-Key"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_idempotency_key, MESSAGE",
    "400, validation_error, MESSAGE",
    "401, missing_api_key, CHANNEL",
    "401, restricted_api_key, CHANNEL",
    "403, invalid_api_key, CHANNEL",
    "403, suspended_api_key, CHANNEL",
    "403, invalid_permission, CHANNEL",
    "403, validation_error, CHANNEL",
    "404, not_found, CHANNEL",
    "405, method_not_allowed, CHANNEL",
    "409, invalid_idempotent_request, MESSAGE",
    "409, concurrent_idempotent_requests, transient",
    "409, resource_locked, transient",
    "422, missing_required_field, MESSAGE",
    "422, invalid_parameter, MESSAGE",
    "422, invalid_attachment, MESSAGE",
    "422, invalid_from_address, CHANNEL",
    "429, rate_limit_exceeded, limited",
    "429, daily_quota_exceeded, limited",
    "429, monthly_quota_exceeded, CHANNEL",
    "451, security_error, MESSAGE",
    "500, application_error, transient",
    "500, internal_server_error, transient",
    "503, service_unavailable, transient",
    "418, something_new, MESSAGE",
    "502, something_new, transient",
    "429, something_new, limited"
  })
  void the_name_says_what_an_error_means(int status, String name, String expected) {
    DeliveryOutcome outcome = outcome(status, Map.of(), error(status, name));
    assertThat(kind(outcome)).isEqualTo(expected);
    assertThat(outcome.toString())
        .contains("Resend returned " + status + ": Too bad (" + name + ")");
  }

  @ParameterizedTest
  @CsvSource({"200, sent", "201, sent", "502, transient", "404, CHANNEL", "413, MESSAGE"})
  void without_a_name_the_status_says_it(int status, String expected) {
    for (String body : List.of("", "<html>bad gateway</html>", "[1]", "{\"name\":7}", "{\"a")) {
      assertThat(kind(outcome(status, Map.of(), body))).isEqualTo(expected);
    }
  }

  @Test
  void a_limit_says_how_long_and_a_daily_one_ends_at_midnight() {
    String minute = error(429, "rate_limit_exceeded");
    String day = error(429, "daily_quota_exceeded");
    assertThat(wait(outcome(429, Map.of("retry-after", List.of("7")), minute)))
        .contains(Duration.ofSeconds(7));
    assertThat(wait(outcome(429, Map.of("ratelimit-reset", List.of("3")), minute)))
        .contains(Duration.ofSeconds(3));
    assertThat(wait(outcome(429, Map.of(), minute))).isEmpty();
    assertThat(wait(outcome(429, Map.of(), day))).contains(Duration.ofMinutes(90));
  }

  @Test
  void the_api_may_be_elsewhere() {
    ResendMail elsewhere = MAIL.baseUrl("http://127.0.0.1:8080/resend/");
    assertThat(elsewhere.url()).hasToString("http://127.0.0.1:8080/resend/emails");
    for (String wrong :
        List.of(
            "",
            "nope",
            "ftp://example.com",
            "https://example.com/?a=s3cret",
            "https://u:s3cret@example.com/")) {
      assertThatThrownBy(() -> MAIL.baseUrl(wrong))
          .hasMessageStartingWith("base_url: expected an http or https URL")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void nothing_shows_the_key() {
    String echo = error(403, "invalid_api_key").replace("Too", KEY);
    assertThat(outcome(403, Map.of(), echo).toString()).contains("***").doesNotContain(KEY);
    Rendering rendering = provider.render(ops, TestMessages.failed());
    for (Object shown :
        List.of(MAIL, provider, ops, provider.request(ops, rendering, TestMessages.STAMP))) {
      assertThat(String.valueOf(shown)).doesNotContain(KEY);
    }
    assertThatThrownBy(() -> ResendMail.of(KEY + "\r\nX: y", "a@example.com"))
        .hasMessageStartingWith("api_key: expected ")
        .hasMessageNotContaining(KEY);
  }

  private String html(Notice notice) {
    return JsonText.read(provider.render(ops, TestMessages.failed(notice)).body())
        .path("html")
        .stringValue();
  }

  private DeliveryOutcome outcome(int status, Map<String, List<String>> headers, String body) {
    return provider.classify(ops, Replies.of(status, headers, body), NOW);
  }

  private static String error(int status, String name) {
    return "{\"statusCode\":%d,\"name\":\"%s\",\"message\":\"Too\\r\\nbad\"}"
        .formatted(status, name);
  }

  private static Optional<Duration> wait(DeliveryOutcome outcome) {
    return ((RateLimited) outcome).retryAfter();
  }

  private static String kind(DeliveryOutcome outcome) {
    if (outcome instanceof Permanent permanent) {
      return permanent.fault().name();
    }
    return outcome instanceof Transient
        ? "transient"
        : outcome instanceof RateLimited ? "limited" : "sent";
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = ResendProviderTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }
}
