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
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@DisplayName("N4, N8: Slack")
class SlackProviderTest {

  private static final String URL = "https://hooks.slack.com/services/T00/B00/s3cretpart";

  private final SlackProvider provider = new SlackProvider();

  @Test
  void the_message_has_blocks_and_a_text_for_where_they_are_not_shown() {
    Message failed =
        TestMessages.failed(
            Notice.of("Nightly sync failed", Tone.BAD)
                .withText("The third time this week.")
                .withFacts(List.of(new Fact("Status", "failed"), new Fact("Error", "HTTP_5XX")))
                .withOutput(Optional.of("Internal Server Error"))
                .withLink(Optional.of(URI.create("https://cron.example/r?a=1&b=2"))));
    assertThat(render(channel().mentionText("@channel").includeOutput(true), failed))
        .isEqualTo(
            """
            {"text":"<!channel> Nightly sync failed\\nThe third time this week.","blocks":[\
            {"type":"section","text":{"type":"mrkdwn","text":"<!channel>","verbatim":true}},\
            {"type":"header","text":{"type":"plain_text","text":"🔴 Nightly sync failed","emoji":false}},\
            {"type":"section","text":{"type":"plain_text","text":"The third time this week.","emoji":false}},\
            {"type":"section","fields":[\
            {"type":"mrkdwn","text":"*Status*","verbatim":true},\
            {"type":"plain_text","text":"failed","emoji":false},\
            {"type":"mrkdwn","text":"*Error*","verbatim":true},\
            {"type":"plain_text","text":"HTTP_5XX","emoji":false}]},\
            {"type":"rich_text","elements":[{"type":"rich_text_preformatted","elements":[\
            {"type":"text","text":"Internal Server Error"}]}]},\
            {"type":"section","text":{"type":"mrkdwn",\
            "text":"<https://cron.example/r?a=1&amp;b=2|Open>","verbatim":true}},\
            {"type":"context","elements":[\
            {"type":"plain_text","text":"execution.failed","emoji":false},\
            {"type":"mrkdwn",\
            "text":"<!date^1773655200^{date_short} {time_secs}|2026-03-16 10:00:00 UTC>",\
            "verbatim":true}]}],\
            "unfurl_links":false,"unfurl_media":false}""");
  }

  @Test
  void the_output_stays_at_home_unless_asked_for() {
    assertThat(render(channel(), TestMessages.failed()))
        .doesNotContain("Internal")
        .doesNotContain("rich_text");
  }

  @Test
  void plain_is_the_older_format_to_the_letter() {
    Message teapot =
        HostileTexts.message(
            Notice.of("x", Tone.GOOD),
            "TeapotTask",
            Optional.of("I'm a teapot, not a coffee machine!"));
    assertThat(render(channel().plain(), TestMessages.exited(teapot, 0)))
        .isEqualTo("{\"text\":\"TeapotTask (exitcode 0):\\nI'm a teapot, not a coffee machine!\"}");
    assertThat(render(channel().plain(), TestMessages.exited(teapot, 3)))
        .startsWith("{\"text\":\"TeapotTask (exitcode 3):\\n");
    assertThat(render(channel().plain(), TestMessages.failed()))
        .as("a status of HTTP is no exit code")
        .startsWith("{\"text\":\"Nightly sync (exitcode 1):\\n");
  }

  @Test
  void plain_tells_of_other_things_by_their_title_and_text() {
    assertThat(render(channel().plain(), TestMessages.down()))
        .isEqualTo("{\"text\":\"API Health is down\"}");
    assertThat(render(channel().plain().mentionText("@here"), TestMessages.down()))
        .isEqualTo("{\"text\":\"<!here> API Health is down\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@channel|<!channel>",
        "@here and @everyone|<!here> and <!everyone>",
        "U024BE7LH|<@U024BE7LH>",
        "S0614TZR7|<!subteam^S0614TZR7>",
        "URGENT|URGENT",
        "UNDERSTAND|UNDERSTAND",
        "@channels|@\u200Bchannels",
        "<!channel>|&lt;!channel&gt;",
        "R&D|R&amp;D",
      })
  void only_known_words_and_ids_of_the_settings_mention(String text, String rendered) {
    assertThat(provider.config(channel().mentionText(text).settings()).mentions())
        .isEqualTo(rendered);
  }

  @Test
  void words_of_events_mention_nobody() {
    String body =
        render(
            channel().includeOutput(true),
            TestMessages.failed(
                Notice.of("<!channel> & <@U024BE7LH>", Tone.BAD)
                    .withText("*b* _i_ my_job `c` https://evil.example :fire:\n> quote")));
    assertThat(JsonText.read(body).path("text").asString())
        .isEqualTo(
            "&lt;!channel&gt; &amp; &lt;@\u200BU024BE7LH&gt;\n"
                + "\u2217b* \u02CDi_ my_job \u02CBc\u02CB https:\u200B//evil.\u200Bexample"
                + " :\u200Bfire:\n\u00AD&gt; quote");
  }

  @Test
  void a_mark_that_became_a_letter_makes_no_name_of_a_host() {
    assertThat(SlackText.inert("all.` x:_y_")).isEqualTo("all.\u200B\u02CB x:\u200B\u02CDy_");
  }

  @ParameterizedTest
  @CsvSource({"148,2", "149,3"})
  void a_title_that_is_too_long_for_a_header_is_told_whole_below(int length, int blocks) {
    Message message = TestMessages.failed(Notice.of("x".repeat(length), Tone.NEUTRAL));
    Message marked = TestMessages.failed(Notice.of("x".repeat(length), Tone.GOOD));
    assertThat(blocks(message)).hasSize(2);
    assertThat(blocks(marked)).hasSize(blocks);
  }

  @Test
  void limits_hold_at_their_edge_and_over_it() {
    assertThat(textOf(3_000)).hasSize(3_000);
    assertThat(textOf(3_001)).endsWith(" more characters)").hasSize(3_000);
    List<Fact> facts = Collections.nCopies(20, new Fact("Name", "v".repeat(1_000)));
    Message full =
        TestMessages.failed(
            Notice.of("Title", Tone.BAD)
                .withFacts(facts)
                .withOutput(Optional.of("o".repeat(4_000))));
    String json = render(channel().includeOutput(true), full);
    assertThat(json).hasSizeLessThanOrEqualTo(12_000).hasSizeGreaterThan(11_900);
    assertThat(json).contains("more characters)\"}]}]}").contains("\"text\":\"11 more\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no url", "ftp://hooks.slack.com/s3cret", "https://u:s3cret@hooks.slack.com/"})
  void wrong_urls_are_refused_without_being_repeated(String url) {
    assertThatThrownBy(() -> provider.config(SlackChannel.of("ops", url).settings()))
        .hasMessageStartingWith("config.webhook_url: expected an absolute http or https URL")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void all_mistakes_are_told_at_once() {
    Settings settings =
        Settings.empty()
            .with("webhook_url", 5)
            .with("mention_text", "a\nb")
            .with("include_output", "yes")
            .with("format", "fancy");
    assertThatThrownBy(() -> provider.config(settings))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.message())
                    .containsExactly(
                        "config.webhook_url: expected a text, got Long",
                        "config.mention_text: expected 1 to 200 characters in one line, got a\nb",
                        "config.include_output: expected true or false, got String",
                        "config.format: expected rich or plain, got fancy"));
  }

  @Test
  void the_older_spelling_of_the_url_is_understood() {
    Settings older = Settings.empty().with("url", URL);
    Settings settings = provider.spec().respelled(older);
    Problems problems = new Problems();
    provider.spec().check(settings, problems);
    assertThat(problems.isEmpty()).isTrue();
    assertThat(provider.config(settings).url()).hasToString(URL);
  }

  @Test
  void nothing_shows_the_url() {
    SlackChannel channel = channel();
    SlackConfig config = provider.config(channel.settings());
    OutboundRequest request =
        provider.request(
            config, provider.render(config, TestMessages.failed()), TestMessages.STAMP);
    assertThat(request.url()).hasToString(URL);
    assertThat(new String(request.body(), UTF_8)).doesNotContain("s3cret");
    for (Object shown : List.of(channel, channel.settings(), config, request)) {
      assertThat(shown.toString()).doesNotContain("s3cret");
    }
    assertThat(provider.spec().secretNames()).containsExactly("webhook_url");
    assertThat(provider.spec().destinationNames()).containsExactly("webhook_url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "200|ok|Sent",
        "200|<html>|Transient",
        "200|-|Transient",
        "204|-|Transient",
        "200|no_service|CHANNEL",
        "302|-|MESSAGE",
        "400|invalid_payload|MESSAGE",
        "500|invalid_payload|MESSAGE",
        "400|no_text|MESSAGE",
        "400|too_many_attachments|MESSAGE",
        "400|msg_blocks_too_long|MESSAGE",
        "400|invalid_blocks|MESSAGE",
        "400|what|MESSAGE",
        "400|user_not_found|CHANNEL",
        "400|invalid_token|CHANNEL",
        "403|invalid_token|CHANNEL",
        "403|action_prohibited|CHANNEL",
        "403|posting_to_general_channel_denied|CHANNEL",
        "403|team_disabled|CHANNEL",
        "403|what|CHANNEL",
        "404|channel_not_found|CHANNEL",
        "404|no_service|CHANNEL",
        "404|no_service_id|CHANNEL",
        "404|no_team|CHANNEL",
        "404|no_active_hooks|CHANNEL",
        "410|channel_is_archived|CHANNEL",
        "410|-|GONE",
        "500|rollup_error|Transient",
        "404|{\"ok\":false,\"error\":\"invalid_blocks\"}|MESSAGE",
        "500|-|Transient",
        "503|-|Transient",
        "429|-|RateLimited",
        "429|{\"retry_after\": 2}|RateLimited",
      })
  void the_word_decides_first_and_the_status_second(int status, String body, String outcome) {
    DeliveryOutcome meaning = classify(status, Map.of(), Optional.ofNullable(body).orElse(""));
    assertThat(
            meaning instanceof Permanent permanent
                ? permanent.fault().name()
                : meaning.getClass().getSimpleName())
        .isEqualTo(outcome);
  }

  @Test
  void a_rate_limit_is_read_from_the_header_or_the_body() {
    assertThat(classify(429, Map.of("Retry-After", List.of("30")), "{\"retry_after\":1}"))
        .isEqualTo(limited(Duration.ofSeconds(30)));
    assertThat(classify(429, Map.of(), "{\"ok\":false,\"retry_after\":7}"))
        .isEqualTo(limited(Duration.ofSeconds(7)));
  }

  @Test
  void a_reason_is_what_slack_said() {
    assertThat(classify(404, Map.of(), "no_service"))
        .extracting("reason")
        .isEqualTo("Slack returned 404: no_service");
  }

  private static RateLimited limited(Duration wait) {
    return new RateLimited("status: expected 2xx, got 429", Optional.of(wait));
  }

  private DeliveryOutcome classify(int status, Map<String, List<String>> headers, String body) {
    HttpReply reply = Replies.of(status, headers, body);
    return provider.classify(provider.config(channel().settings()), reply, TestMessages.AT);
  }

  private String textOf(int length) {
    Message message =
        TestMessages.failed(Notice.of("Title", Tone.BAD).withText("x".repeat(length)));
    return blocks(message).get(1).path("text").path("text").asString();
  }

  private JsonNode blocks(Message message) {
    return JsonText.read(render(channel(), message)).path("blocks");
  }

  private static SlackChannel channel() {
    return SlackChannel.of("ops", URL);
  }

  private String render(SlackChannel channel, Message message) {
    return provider.render(provider.config(channel.settings()), message).body();
  }
}
