package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@DisplayName("N5, N8: Discord")
class DiscordProviderTest {

  private static final String URL = "https://discord.com/api/webhooks/123/s3cret";

  private final DiscordProvider provider = new DiscordProvider();

  @Test
  void the_message_is_an_embed_and_mentions_the_roles_that_were_configured() {
    Message failed =
        TestMessages.failed(
            Notice.of("Nightly sync failed", Tone.BAD)
                .withText("The third time this week.")
                .withFacts(List.of(new Fact("Status", "failed"), new Fact("Error", "HTTP_5XX")))
                .withOutput(Optional.of("Internal Server Error"))
                .withLink(Optional.of(URI.create("https://cron.example/r?a=1&b=2"))));
    assertThat(
            render(
                channel().mentionRoleIds(List.of("789", "456", "789")).includeOutput(true), failed))
        .isEqualTo(
            """
            {"content":"<@&789> <@&456>","embeds":[{"title":"Nightly sync failed",\
            "url":"https://cron.example/r?a=1&b=2",\
            "description":"The third time this week.\\n```\\nInternal Server Error\\n```",\
            "color":15158332,"fields":[{"name":"Status","value":"failed","inline":true},\
            {"name":"Error","value":"HTTP\\\\_5XX","inline":true}],\
            "footer":{"text":"execution.failed"},"timestamp":"2026-03-16T10:00:00Z"}],\
            "allowed_mentions":{"parse":[],"roles":["789","456"]}}""");
  }

  @Test
  void without_roles_nobody_may_be_mentioned() {
    JsonNode payload = JsonText.read(render(channel(), TestMessages.down()));
    assertThat(payload.has("content")).isFalse();
    assertThat(payload.path("allowed_mentions")).hasToString("{\"parse\":[]}");
  }

  @Test
  void the_colour_is_that_of_the_tone() {
    assertThat(Stream.of(Tone.GOOD, Tone.BAD, Tone.WARNING, Tone.NEUTRAL).map(this::color))
        .containsExactly(0x2ECC71, 0xE74C3C, 0xF1C40F, 0x95A5A6);
  }

  @Test
  void the_output_stays_at_home_unless_asked_for() {
    assertThat(render(channel(), TestMessages.failed())).doesNotContain("Internal");
  }

  @Test
  void plain_is_the_older_format_to_the_letter() {
    Message teapot =
        HostileTexts.message(
            Notice.of("x", Tone.GOOD),
            "TeapotTask",
            Optional.of("I'm a teapot, not a coffee machine!"));
    assertThat(render(channel().plain(), TestMessages.exited(teapot, 0)))
        .isEqualTo(
            "{\"content\":\"TeapotTask (exitcode 0):\\nI'm a teapot, not a coffee machine!\"}");
  }

  @Test
  void plain_mentions_roles_and_nobody_else() {
    assertThat(render(channel().plain().mentionRoleIds(List.of("7")), TestMessages.down()))
        .isEqualTo(
            "{\"content\":\"<@&7> API Health is down\","
                + "\"allowed_mentions\":{\"parse\":[],\"roles\":[\"7\"]}}");
  }

  @Test
  void texts_stay_what_they_are() {
    assertThat(DiscordText.inert("*b* [x](https://e.example) `c` ||s||\n# h\n-# s\n> q\n1. one"))
        .isEqualTo(
            "\\*b\\* \\[x\\](https:\u200B//e\\.example) \\`c\\` \\|\\|s\\|\\|\n"
                + "\\# h\n\\-# s\n\\> q\n1\\. one");
    assertThat(DiscordText.inert("@everyone <@&1> <t:1> a@b.c"))
        .isEqualTo("@\u200Beveryone \\<\u200B@\u200B&1\\> \\<\u200Bt\\:1\\> a@\u200Bb\\.c");
    assertThat(DiscordText.fenced("a```b`c")).isEqualTo("```\na`\u200B`\u200B`b`c\n```");
  }

  @Test
  void limits_hold_at_their_edge_and_over_it() {
    assertThat(title("x".repeat(256))).hasSize(256).doesNotContain("…");
    assertThat(title("x".repeat(257))).hasSize(256).endsWith(" more characters)");
    assertThat(title("*".repeat(128))).hasSize(256).doesNotContain("…");
    assertThat(title("*".repeat(129))).hasSizeLessThanOrEqualTo(256).endsWith(")");
    assertThat(value("x".repeat(1_024))).hasSize(1_024).doesNotContain("…");
    assertThat(value("x".repeat(1_025))).hasSize(1_024).endsWith(" more characters)");
    assertThat(value(" ")).isEqualTo("–");
    assertThat(plain(2_000 - "Nightly sync (exitcode 1):\n".length())).hasSize(2_000);
    assertThat(plain(2_001)).hasSize(2_000).endsWith(" more characters)");
  }

  @Test
  void all_texts_of_an_embed_share_a_limit() {
    List<Fact> facts = Collections.nCopies(20, new Fact("Name", "v".repeat(1_000)));
    Message full =
        TestMessages.failed(
            Notice.of("Title", Tone.BAD)
                .withFacts(facts)
                .withOutput(Optional.of("o".repeat(4_000))));
    JsonNode embed = embed(render(channel().includeOutput(true), full));
    assertThat(length(embed)).isBetween(5_990, 6_000);
    assertThat(embed.path("fields").path(embed.path("fields").size() - 1).path("value").asString())
        .isEqualTo(20 - (embed.path("fields").size() - 1) + " more");
    assertThat(embed.path("description").asString()).endsWith(" more characters)\n```");
  }

  static int length(JsonNode embed) {
    int length =
        embed.path("title").asString().length()
            + embed.path("description").asString("").length()
            + embed.path("footer").path("text").asString().length();
    for (JsonNode field : embed.path("fields")) {
      length += field.path("name").asString().length() + field.path("value").asString().length();
    }
    return length;
  }

  @Test
  void the_request_waits_and_names_the_thread_and_the_sender() {
    OutboundRequest request = request(channel().threadId("456"));
    assertThat(request.url()).hasToString(URL + "?wait=true&thread_id=456");
    assertThat(request.headers())
        .containsExactly(Map.entry("User-Agent", DiscordProvider.USER_AGENT));
    assertThat(DiscordProvider.USER_AGENT).matches("DiscordBot \\(https://[^,]+, [0-9.]+\\)");
    assertThat(request(DiscordChannel.of("ops", URL + "?thread_id=9&wait=false")).url())
        .hasToString(URL + "?thread_id=9&wait=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no url", "ftp://discord.com/s3cret", "https://x.example/#s3cret"})
  void wrong_urls_are_refused_without_being_repeated(String url) {
    assertThatThrownBy(() -> provider.config(DiscordChannel.of("ops", url).settings()))
        .hasMessageStartingWith("config.webhook_url: expected an absolute http or https URL")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void all_mistakes_are_told_at_once() {
    Settings settings =
        Settings.empty()
            .with("webhook_url", true)
            .with("thread_id", "forum")
            .with("mention_role_ids", List.of("1", "@everyone"))
            .with("include_output", "yes")
            .with("format", "fancy");
    assertThat(messages(settings))
        .containsExactly(
            "config.webhook_url: expected a text, got Boolean",
            "config.thread_id: expected 1 to 20 digits, got forum",
            "config.mention_role_ids: expected ids of 1 to 20 digits, got @everyone",
            "config.include_output: expected true or false, got String",
            "config.format: expected rich or plain, got fancy");
    assertThat(
            messages(
                channel()
                    .mentionRoleIds(IntStream.range(0, 51).mapToObj(String::valueOf).toList())
                    .settings()))
        .containsExactly("config.mention_role_ids: expected at most 50 ids, got 51");
    assertThat(messages(DiscordChannel.of("ops", URL + "?thread_id=1").threadId("2").settings()))
        .containsExactly(
            "config.thread_id: expected one thread, got another one in config.webhook_url");
  }

  @Test
  void the_older_spelling_of_the_url_is_understood() {
    Settings settings = provider.spec().respelled(Settings.empty().with("url", URL));
    Problems problems = new Problems();
    provider.spec().check(settings, problems);
    assertThat(problems.isEmpty()).isTrue();
    assertThat(provider.config(settings).url()).hasToString(URL + "?wait=true");
  }

  @Test
  void nothing_shows_the_url() {
    DiscordChannel channel = channel();
    for (Object shown :
        List.of(
            channel, channel.settings(), provider.config(channel.settings()), request(channel))) {
      assertThat(shown.toString()).doesNotContain("s3cret");
    }
    assertThat(provider.spec().secretNames()).containsExactly("webhook_url");
    assertThat(new String(request(channel).body(), UTF_8)).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|0|Sent",
        "204|0|Sent",
        "302|0|MESSAGE",
        "400|0|MESSAGE",
        "401|0|CHANNEL",
        "403|0|CHANNEL",
        "404|0|CHANNEL",
        "404|10015|CHANNEL",
        "401|50027|CHANNEL",
        "404|10003|CHANNEL",
        "400|220001|CHANNEL",
        "400|220002|CHANNEL",
        "400|220003|CHANNEL",
        "400|220004|CHANNEL",
        "400|50083|CHANNEL",
        "400|50035|MESSAGE",
        "400|50006|MESSAGE",
        "400|50109|MESSAGE",
        "413|40005|MESSAGE",
        "403|200000|MESSAGE",
        "403|200001|MESSAGE",
        "403|240000|MESSAGE",
        "503|130000|Transient",
        "400|20028|Transient",
        "400|20029|Transient",
        "400|20016|Transient",
        "500|0|Transient",
        "502|0|Transient",
        "429|0|RateLimited",
        "429|20028|RateLimited",
      })
  void the_code_decides_first_and_the_status_second(int status, int code, String outcome) {
    DeliveryOutcome meaning = classify(status, Map.of(), "{\"code\":" + code + "}");
    assertThat(
            meaning instanceof Permanent permanent
                ? permanent.fault().name()
                : meaning.getClass().getSimpleName())
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"retry_after\":0.3,\"global\":false}|Retry-After|9|1",
        "{\"retry_after\":64.57}|X-RateLimit-Reset-After|9|65",
        "{\"retry_after\":1000000.5}|Retry-After|9|86400",
        "<html>|Retry-After|9|9",
        "{}|X-RateLimit-Reset-After|1.001|2",
        "{}|X-RateLimit-Reset|1773655203.5|4",
        "{}|X-RateLimit-Reset|1|1",
        "{}|X-RateLimit-Reset|soon|-",
      })
  void the_body_tells_best_how_long_to_wait_and_headers_otherwise(
      String body, String header, String value, Long seconds) {
    assertThat(classify(429, Map.of(header, List.of(value)), body))
        .isEqualTo(
            new RateLimited(
                "Discord returned 429", Optional.ofNullable(seconds).map(Duration::ofSeconds)));
  }

  @Test
  void a_reason_is_what_discord_said() {
    assertThat(classify(404, Map.of(), "{\"code\":10015,\"message\":\"Unknown Webhook\"}"))
        .extracting("reason")
        .isEqualTo("Discord returned 404: Unknown Webhook");
    assertThat(classify(403, Map.of(), "[1"))
        .extracting("reason")
        .isEqualTo("Discord returned 403");
  }

  private List<String> messages(Settings settings) {
    return Mistakes.of(provider, settings).stream().map(p -> p.message()).toList();
  }

  private int color(Tone tone) {
    return embed(render(channel(), TestMessages.failed(Notice.of("Title", tone))))
        .path("color")
        .asInt();
  }

  private String title(String title) {
    return embed(render(channel(), TestMessages.failed(Notice.of(title, Tone.BAD))))
        .path("title")
        .asString();
  }

  private String value(String value) {
    Notice notice = Notice.of("Title", Tone.BAD).withFacts(List.of(new Fact("Name", value)));
    return embed(render(channel(), TestMessages.failed(notice)))
        .path("fields")
        .path(0)
        .path("value")
        .asString();
  }

  private String plain(int length) {
    Message message =
        HostileTexts.message(
            Notice.of("Title", Tone.BAD), "Nightly sync", Optional.of("x".repeat(length)));
    return JsonText.read(render(channel().plain(), message)).path("content").asString();
  }

  private DeliveryOutcome classify(int status, Map<String, List<String>> headers, String body) {
    HttpReply reply = Replies.of(status, headers, body);
    return provider.classify(provider.config(channel().settings()), reply, TestMessages.AT);
  }

  private static JsonNode embed(String json) {
    return JsonText.read(json).path("embeds").path(0);
  }

  private static DiscordChannel channel() {
    return DiscordChannel.of("ops", URL);
  }

  private OutboundRequest request(DiscordChannel channel) {
    DiscordConfig config = provider.config(channel.settings());
    return provider.request(
        config, provider.render(config, TestMessages.failed()), TestMessages.STAMP);
  }

  private String render(DiscordChannel channel, Message message) {
    return provider.render(provider.config(channel.settings()), message).body();
  }
}
