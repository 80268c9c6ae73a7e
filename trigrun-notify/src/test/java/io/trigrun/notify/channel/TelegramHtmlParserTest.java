package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The reader of Telegram's HTML that the tests of N6 rely on")
class TelegramHtmlParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>x</p>",
        "<br>",
        "<b>x",
        "x</b>",
        "<b><i>x</b></i>",
        "<pre><b>x</b></pre>",
        "<code><a href=\"https://example.com\">x</a></code>",
        "a & b",
        "a &nbsp; b",
        "a < b",
        "a > b",
        "<a>x</a>",
        "<b class=\"x\">y</b>",
        "<script>x</script>"
      })
  void what_telegram_refuses_is_refused(String html) {
    assertThatThrownBy(() -> TelegramHtmlParser.parse(html))
        .hasMessageStartingWith("can't parse entities");
  }

  @Test
  void text_and_entities_come_out() {
    var parsed =
        TelegramHtmlParser.parse(
            "<b>a &lt; b</b> <pre>&amp;amp;</pre> <a href=\"https://e.com/?a&amp;b\">go</a>");
    assertThat(parsed.text()).isEqualTo("a < b &amp; go");
    assertThat(parsed.texts("b")).containsExactly("a < b");
    assertThat(parsed.texts("pre")).containsExactly("&amp;");
    assertThat(parsed.entities().get(2).href()).isEqualTo("https://e.com/?a&b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@someone",
        "see example.com",
        "https://example.com",
        "#tag",
        "$USD",
        "/start",
        "10.0.0.1",
        "me@example.com",
        "tg://resolve"
      })
  void what_telegram_finds_by_itself_is_found(String text) {
    assertThat(TelegramHtmlParser.parse("a " + text + " b").found()).isNotEmpty();
    assertThat(TelegramHtmlParser.parse("<pre>" + text + "</pre>").found()).isEmpty();
    assertThat(TelegramHtmlParser.parse("<code>" + text + "</code>").found()).isEmpty();
  }
}
