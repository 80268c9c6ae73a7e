package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problem;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@DisplayName("N7: Teams, what is sent")
class TeamsProviderTest {

  private static final String URL =
      "https://prod-12.westus.logic.azure.com:443/workflows/0123abcd/triggers/manual/paths/invoke"
          + "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=a-S3cret_%2B";
  private static final TeamsChannel CHANNEL = TeamsChannel.of("ops", URL);

  private final TeamsProvider provider = new TeamsProvider();

  @Test
  void a_message_is_one_adaptive_card() {
    String body = body(CHANNEL, TestMessages.down());
    assertThat(body)
        .isEqualTo(
            "{\"type\":\"message\",\"attachments\":[{"
                + "\"contentType\":\"application/vnd.microsoft.card.adaptive\","
                + "\"contentUrl\":null,\"content\":{"
                + "\"$schema\":\"http://adaptivecards.io/schemas/adaptive-card.json\","
                + "\"type\":\"AdaptiveCard\",\"version\":\"1.2\",\"body\":["
                + "{\"type\":\"Container\",\"style\":\"attention\",\"bleed\":true,\"items\":["
                + "{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\","
                + "\"text\":\"API Health is down\",\"weight\":\"bolder\",\"size\":\"large\"}]}]},"
                + "{\"type\":\"RichTextBlock\",\"spacing\":\"small\",\"inlines\":["
                + "{\"type\":\"TextRun\",\"text\":\"Status: \",\"weight\":\"bolder\"},"
                + "{\"type\":\"TextRun\",\"text\":\"down\"}]},"
                + "{\"type\":\"RichTextBlock\",\"spacing\":\"small\",\"inlines\":["
                + "{\"type\":\"TextRun\",\"text\":\"Last ping: \",\"weight\":\"bolder\"},"
                + "{\"type\":\"TextRun\",\"text\":\"never\"}]},"
                + "{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\","
                + "\"text\":\"2026-03-16 10:00:00 UTC\",\"size\":\"small\",\"isSubtle\":true}]}],"
                + "\"msteams\":{\"width\":\"Full\"}}}]}");
    CardCheck.check(JsonText.read(body));
  }

  @Test
  void text_output_and_link_have_their_places() {
    Notice notice =
        Notice.of("Disk", Tone.WARNING)
            .withText("First line\nsecond")
            .withOutput(Optional.of("a < b\n**c**"))
            .withLink(Optional.of(URI.create("https://ops.example.com/?a=1&b=ä")));
    JsonNode message =
        JsonText.read(body(CHANNEL.includeOutput(true), TestMessages.failed(notice)));
    CardCheck.check(message);
    JsonNode card = card(message);
    assertThat(card.at("/body/0/style").stringValue()).isEqualTo("warning");
    assertThat(card.at("/body/1/inlines/0/text").stringValue()).isEqualTo("First line\nsecond");
    assertThat(JsonText.write(card.at("/body/2")))
        .isEqualTo(
            "{\"type\":\"Container\",\"style\":\"emphasis\",\"items\":["
                + "{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\","
                + "\"text\":\"a < b\\n**c**\",\"fontType\":\"monospace\"}]}]}");
    assertThat(JsonText.write(card.at("/actions")))
        .isEqualTo(
            "[{\"type\":\"Action.OpenUrl\",\"title\":\"Open\","
                + "\"url\":\"https://ops.example.com/?a=1&b=%C3%A4\"}]");
  }

  @Test
  void the_output_is_shown_only_if_the_channel_asks_for_it() {
    Message message = withOutput("the output");
    assertThat(body(CHANNEL, message)).doesNotContain("the output");
    assertThat(body(CHANNEL.includeOutput(true), message)).contains("\"the output\"");
  }

  @ParameterizedTest
  @CsvSource({"GOOD,good", "BAD,attention", "WARNING,warning", "NEUTRAL,accent"})
  void the_tone_is_the_colour_of_the_head(Tone tone, String style) {
    JsonNode message = JsonText.read(body(CHANNEL, TestMessages.failed(Notice.of("x", tone))));
    CardCheck.check(message);
    assertThat(card(message).at("/body/0/style").stringValue()).isEqualTo(style);
  }

  @Test
  void macros_are_taken_apart() {
    String macro = "{{DATE(2026-03-16T10:00:00Z,SHORT)}} {{{x}}}";
    Notice notice =
        Notice.of(macro, Tone.BAD)
            .withText(macro)
            .withFacts(List.of(new Fact(macro, macro)))
            .withOutput(Optional.of(macro));
    assertThat(body(CHANNEL.includeOutput(true), TestMessages.failed(notice)))
        .doesNotContain("{{")
        .contains("{\u2060{DATE(2026-03-16T10:00:00Z,SHORT)}} {\u2060{\u2060{x}}}");
  }

  @Test
  void a_message_up_to_20000_bytes_goes_out_whole_and_one_more_is_cut() {
    int room = 20_000 - (bytes(withOutput("x")) - 1);
    String whole = body(withOutput("y".repeat(room)));
    assertThat(whole.getBytes(UTF_8)).hasSize(20_000);
    assertThat(whole).contains("\"" + "y".repeat(room) + "\"");

    String cut = body(withOutput("y".repeat(room + 1)));
    assertThat(cut.getBytes(UTF_8)).hasSizeBetween(19_950, 20_000);
    assertThat(cut).containsPattern("y… \\(\\d+ more characters\\)\"");
  }

  @Test
  void bytes_are_counted_not_characters() {
    for (String unit : List.of("界", "👍", "\"", "\\", "{{", "\n.")) {
      String body = body(withOutput(unit.repeat(21_000)));
      assertThat(body.getBytes(UTF_8)).hasSizeBetween(19_900, 20_000);
      CardCheck.check(JsonText.read(body));
    }
  }

  @Test
  void long_facts_and_texts_give_way_and_the_title_stays() {
    Notice notice =
        Notice.of("題".repeat(250), Tone.NEUTRAL)
            .withText("文".repeat(4_096))
            .withFacts(
                IntStream.range(0, 20)
                    .mapToObj(i -> new Fact("Fact " + i, "値".repeat(1_000)))
                    .toList())
            .withOutput(Optional.of("出".repeat(4_096)))
            .withLink(Optional.of(URI.create("https://ops.example.com/" + "a".repeat(2_000))));
    String body = body(CHANNEL.includeOutput(true), TestMessages.failed(notice));
    CardCheck.check(JsonText.read(body));
    assertThat(body.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(20_000);
    assertThat(body)
        .contains("\"" + "題".repeat(250) + "\"", "文… (", "値… (", "Action.OpenUrl")
        .contains("more characters)");
  }

  @Test
  void the_url_is_called_byte_for_byte() {
    TeamsConfig config = provider.config(CHANNEL.settings());
    var request =
        provider.request(
            config, provider.render(config, TestMessages.failed()), TestMessages.STAMP);
    assertThat(request.url()).hasToString(URL);
    assertThat(request.headers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a url",
        "ftp://prod-12.westus.logic.azure.com/S3cret",
        "/S3cret",
        "https://",
        "https://user:S3cret@prod-12.westus.logic.azure.com/",
        "https://prod-12.westus.logic.azure.com/S3cret#part",
        "https://prod-12.westus.logic.azure.com:99999/S3cret",
        "https://prod-12.westus.logic.azure.com/S3cret\r\nx"
      })
  void a_wrong_url_is_refused_without_being_shown(String url) {
    assertThat(Mistakes.of(provider, TeamsChannel.of("ops", url).settings()))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("config.webhook_url");
              assertThat(problem.got())
                  .isEqualTo("a text of " + url.length() + " characters that is none");
              assertThat(problem.message()).doesNotContain("S3cret");
            });
  }

  @Test
  void all_mistakes_are_told_at_once() {
    assertThat(
            Mistakes.of(
                provider, Settings.empty().with("webhook_url", true).with("include_output", "yes")))
        .extracting(Problem::message)
        .containsExactly(
            "config.webhook_url: expected a text, got Boolean",
            "config.include_output: expected true or false, got String");
  }

  @Test
  void the_older_spelling_is_understood() {
    Settings settings = provider.spec().respelled(Settings.empty().with("url", URL));
    assertThat(provider.config(settings).url()).hasToString(URL);
  }

  @Test
  void nothing_shows_the_url() {
    for (Object shown : List.of(CHANNEL, CHANNEL.settings(), provider.config(CHANNEL.settings()))) {
      assertThat(shown.toString()).doesNotContain("S3cret").doesNotContain("0123abcd");
    }
    assertThat(provider.spec().secretNames()).containsExactly("webhook_url");
    assertThat(provider.spec().destinationNames()).containsExactly("webhook_url");
  }

  private static JsonNode card(JsonNode message) {
    return message.at("/attachments/0/content");
  }

  private static Message withOutput(String output) {
    return TestMessages.failed(
        Notice.of("Nightly sync failed", Tone.BAD).withOutput(Optional.of(output)));
  }

  private String body(Message message) {
    return body(CHANNEL.includeOutput(true), message);
  }

  private int bytes(Message message) {
    return body(message).getBytes(UTF_8).length;
  }

  private String body(TeamsChannel channel, Message message) {
    return provider.render(provider.config(channel.settings()), message).body();
  }
}
