package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N6: Telegram, what is sent")
class TelegramProviderTest {

  private static final String TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
  private static final TelegramChannel CHANNEL =
      TelegramChannel.of("tg-alerts", TOKEN, "-1001234567890");

  private final TelegramProvider provider = new TelegramProvider();

  @Test
  void a_message_has_a_bold_title_a_line_for_each_fact_and_the_time() {
    assertThat(body(CHANNEL, TestMessages.failed()))
        .isEqualTo(
            "{\"chat_id\":-1001234567890,"
                + "\"text\":\"<b>❌ Nightly sync failed</b>\\n"
                + "\\n<b>Status:</b> <code>failed</code>"
                + "\\n<b>Status code:</b> <code>500</code>"
                + "\\n<b>Error:</b> <code>HTTP_5XX</code>"
                + "\\n<b>Reason:</b> <code>status: expected 200, got 500</code>"
                + "\\n<b>Attempt:</b> <code>3</code>"
                + "\\n<b>Execution:</b> <code>019547f8-0000-7000-8000-000000000002</code>"
                + "\\n\\n<i>2026-03-16 10:00:00 UTC</i>\","
                + "\"parse_mode\":\"HTML\","
                + "\"link_preview_options\":{\"is_disabled\":true}}");
  }

  @Test
  void text_output_and_link_have_their_places() {
    Notice notice =
        Notice.of("Disk", Tone.WARNING)
            .withText("First line\nsecond <line>")
            .withOutput(Optional.of("a < b && c"))
            .withLink(Optional.of(URI.create("https://ops.example.com/?a=1&b=%22")));
    assertThat(text(CHANNEL.includeOutput(true), TestMessages.failed(notice)))
        .isEqualTo(
            "<b>⚠️ Disk</b>\n\nFirst line\nsecond &lt;line&gt;"
                + "\n\n<pre>a &lt; b &amp;&amp; c</pre>"
                + "\n\n<i>2026-03-16 10:00:00 UTC</i>"
                + " · <a href=\"https://ops.example.com/?a=1&amp;b=%22\">Open</a>");
  }

  @Test
  void the_output_is_shown_only_if_the_channel_asks_for_it() {
    Message message = withOutput("the output");
    assertThat(text(CHANNEL, message)).doesNotContain("the output");
    assertThat(text(CHANNEL.includeOutput(true), message)).contains("<pre>the output</pre>");
  }

  @Test
  void topic_and_previews_are_as_the_channel_says() {
    assertThat(
            body(
                CHANNEL.messageThreadId(42).disableWebPagePreview(false),
                TestMessages.succeeded("a")))
        .startsWith("{\"chat_id\":-1001234567890,\"message_thread_id\":42,\"text\":")
        .endsWith("\"link_preview_options\":{\"is_disabled\":false}}");
  }

  @Test
  void a_public_chat_is_named() {
    assertThat(body(TelegramChannel.of("c", TOKEN, "@my_channel"), TestMessages.down()))
        .startsWith("{\"chat_id\":\"@my_channel\",\"text\":");
  }

  @Test
  void what_is_stored_holds_neither_chat_nor_token() {
    TelegramConfig config = provider.config(CHANNEL.messageThreadId(7).settings());
    assertThat(provider.render(config, TestMessages.failed()).body())
        .doesNotContain("1001234567890")
        .doesNotContain("thread")
        .doesNotContain("ABC-DEF");
  }

  @Test
  void the_same_rendering_gives_the_same_bytes_each_time() {
    assertThat(body(CHANNEL, TestMessages.failed()))
        .isEqualTo(body(CHANNEL, TestMessages.failed()));
  }

  @Test
  void the_token_stands_in_the_path() {
    assertThat(request(provider, CHANNEL).url())
        .hasToString("https://api.telegram.org/bot" + TOKEN + "/sendMessage");
    assertThat(provider.spec().hosts()).containsExactly("api.telegram.org");
  }

  @Test
  void another_server_takes_the_place_of_telegrams() {
    TelegramProvider own = new TelegramProvider(URI.create("http://bots.example.com:8081/api/"));
    assertThat(request(own, CHANNEL).url())
        .hasToString("http://bots.example.com:8081/api/bot" + TOKEN + "/sendMessage");
    assertThat(own.spec().hosts()).containsExactly("bots.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.telegram.org",
        "ftp://example.com",
        "https:///x",
        "https://example.com/?a=b",
        "https://example.com/#x",
        "https://user:s3cret@example.com/"
      })
  void another_server_needs_a_plain_url(String url) {
    assertThatThrownBy(() -> new TelegramProvider(URI.create(url)))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("telegram_api_url: expected an absolute http or https URL")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "123456",
        "123456:",
        ":abc",
        "abc:def",
        "123456:a/b",
        "123456:a?b",
        "123456:a b",
        "123456:a#b",
        "123456:a%2Fb",
        "1:ä",
        "123456:a\r\nb"
      })
  void a_wrong_token_is_refused_without_being_shown(String token) {
    assertThat(Mistakes.of(provider, TelegramChannel.of("c", token, "-100").settings()))
        .containsExactly(
            new Problem(
                "config.bot_token",
                "the token of a bot, 123456:ABC-DEF... for example",
                "a text of " + token.length() + " characters that is none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-0",
        "+1",
        "1.5",
        "abc",
        "@",
        "@abc",
        "@1abcd",
        "@with-dash",
        "12345678901234567",
        "@" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "1 2",
        "\u0661\u0662"
      })
  void a_wrong_chat_is_refused(String chat) {
    assertThat(Mistakes.of(provider, TelegramChannel.of("c", TOKEN, chat).settings()))
        .containsExactly(
            new Problem(
                "config.chat_id",
                "a number as text (negative for groups) or the @name of a public group or channel",
                chat));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "123456789", "-1001234567890", "-4503599627370495", "@abcd"})
  void good_chats_are_taken(String chat) {
    assertThat(provider.config(TelegramChannel.of("c", TOKEN, chat).settings()).chatId())
        .isEqualTo(chat);
  }

  @Test
  void a_topic_is_a_number_also_as_text() {
    Settings settings = CHANNEL.settings();
    assertThat(provider.config(settings.with("message_thread_id", "42")).messageThreadId())
        .contains(42L);
    assertThat(Mistakes.of(provider, CHANNEL.messageThreadId(0).settings()))
        .containsExactly(new Problem("config.message_thread_id", "a whole number, 1 or more", "0"));
    assertThat(Mistakes.of(provider, settings.with("message_thread_id", "-1x")))
        .containsExactly(
            new Problem("config.message_thread_id", "a whole number, 1 or more", "-1x"));
    assertThat(Mistakes.of(provider, settings.with("message_thread_id", true)))
        .containsExactly(
            new Problem("config.message_thread_id", "a whole number, 1 or more", "Boolean"));
  }

  @Test
  void all_mistakes_are_told_at_once() {
    Settings settings =
        Settings.empty()
            .with("bot_token", 7)
            .with("chat_id", true)
            .with("message_thread_id", "x")
            .with("disable_web_page_preview", "no")
            .with("include_output", "yes");
    assertThat(Mistakes.of(provider, settings))
        .extracting(Problem::message)
        .containsExactly(
            "config.bot_token: expected a text, got Long",
            "config.chat_id: expected a text, got Boolean",
            "config.message_thread_id: expected a whole number, 1 or more, got x",
            "config.disable_web_page_preview: expected true or false, got String",
            "config.include_output: expected true or false, got String");
  }

  @Test
  void nothing_shows_the_token() {
    for (Object shown :
        List.of(
            CHANNEL,
            CHANNEL.settings(),
            provider.config(CHANNEL.settings()),
            request(provider, CHANNEL))) {
      assertThat(shown.toString()).doesNotContain("ABC-DEF");
    }
    assertThat(provider.spec().secretNames()).containsExactly("bot_token");
    assertThat(provider.spec().destinationNames())
        .containsExactlyInAnyOrder("bot_token", "chat_id");
  }

  @Test
  void visible_text_up_to_4096_units_goes_out_whole_and_one_more_is_cut() {
    int overhead = visible(withOutput("x")) - 1;
    int room = 4_096 - overhead;

    var whole = TelegramHtmlParser.parse(text(withOutput("y".repeat(room))));
    assertThat(whole.text()).hasSize(4_096);
    assertThat(whole.texts("pre")).containsExactly("y".repeat(room));

    var cut = TelegramHtmlParser.parse(text(withOutput("y".repeat(room + 1))));
    assertThat(cut.text()).hasSizeBetween(4_050, 4_096);
    assertThat(cut.texts("pre").get(0)).matches("y+… \\(\\d+ more characters\\)");
  }

  @Test
  void ampersands_count_as_one_and_emoji_as_two() {
    int room = 4_096 - (visible(withOutput("x")) - 1);
    assertThat(text(withOutput("&".repeat(room)))).contains("<pre>" + "&amp;".repeat(room));
    String emoji = "👍".repeat(room / 2);
    assertThat(text(withOutput(emoji))).contains(emoji + "</pre>");
    assertThat(text(withOutput(emoji + "👍"))).doesNotContain(emoji + "👍");
  }

  @Test
  void long_facts_and_texts_give_way_and_the_title_stays() {
    Notice notice =
        Notice.of("T".repeat(250), Tone.NEUTRAL)
            .withText("x".repeat(4_096))
            .withFacts(
                IntStream.range(0, 20)
                    .mapToObj(i -> new Fact("Fact " + i, "v".repeat(1_000)))
                    .toList())
            .withOutput(Optional.of("o".repeat(4_096)))
            .withLink(Optional.of(URI.create("https://ops.example.com/" + "&".repeat(2_000))));
    String html = text(CHANNEL.includeOutput(true), TestMessages.failed(notice));
    var parsed = TelegramHtmlParser.parse(html);

    assertThat(parsed.text()).hasSizeLessThanOrEqualTo(4_096);
    assertThat(html.getBytes(UTF_8).length).isLessThanOrEqualTo(32_768);
    assertThat(parsed.texts("b").get(0)).isEqualTo("ℹ️ " + "T".repeat(250));
    assertThat(parsed.text()).contains("xxx… (", "vvv… (", "more characters)", "facts left out");
    assertThat(parsed.texts("a")).containsExactly("Open");
  }

  @Test
  void names_links_tags_and_commands_are_taken_apart() {
    String bad =
        "@admin evil.example https://evil.example #tag $USD /start a@evil.example 10.0.0.1";
    Notice notice =
        Notice.of(bad, Tone.BAD)
            .withText(bad)
            .withFacts(List.of(new Fact(bad.substring(0, 50), bad)))
            .withOutput(Optional.of(bad));
    var parsed =
        TelegramHtmlParser.parse(text(CHANNEL.includeOutput(true), TestMessages.failed(notice)));
    assertThat(parsed.found()).isEmpty();
    assertThat(parsed.texts("pre")).containsExactly(bad);
    assertThat(parsed.texts("code")).containsExactly(bad);
    assertThat(parsed.texts("b").get(0).replace("\u2060", "")).isEqualTo("❌ " + bad);
  }

  @Test
  void a_link_that_is_not_for_the_web_is_left_out() {
    Notice notice =
        Notice.of("x", Tone.GOOD).withLink(Optional.of(URI.create("javascript:alert(1)")));
    assertThat(text(CHANNEL, TestMessages.failed(notice))).doesNotContain("<a", "javascript");
  }

  private static Message withOutput(String output) {
    return TestMessages.failed(
        Notice.of("Nightly sync failed", Tone.BAD).withOutput(Optional.of(output)));
  }

  private String text(Message message) {
    return text(CHANNEL.includeOutput(true), message);
  }

  private int visible(Message message) {
    return TelegramHtmlParser.parse(text(message)).text().length();
  }

  private String text(TelegramChannel channel, Message message) {
    return JsonText.read(body(channel, message)).required("text").stringValue();
  }

  private String body(TelegramChannel channel, Message message) {
    TelegramConfig config = provider.config(channel.settings());
    return new String(
        provider.request(config, provider.render(config, message), TestMessages.STAMP).body(),
        UTF_8);
  }

  private static OutboundRequest request(TelegramProvider provider, TelegramChannel channel) {
    TelegramConfig config = provider.config(channel.settings());
    return provider.request(
        config, provider.render(config, TestMessages.failed()), TestMessages.STAMP);
  }
}
