package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Notice;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/** N19 for Telegram: whatever a notice holds, it is valid, fits, and makes nothing happen. */
class TelegramPropertyTest {

  private final TelegramProvider provider = new TelegramProvider();
  private final TelegramConfig config =
      provider.config(
          TelegramChannel.of("tg", "123456:ABC-DEF", "-100").includeOutput(true).settings());

  @Property(tries = 200)
  void any_notice_is_valid_html_within_the_limit(@ForAll("notices") Notice notice) {
    String html = html(notice);
    var parsed = TelegramHtmlParser.parse(html);

    assertThat(parsed.text().strip()).isNotEmpty();
    assertThat(parsed.text()).hasSizeLessThanOrEqualTo(4_096);
    assertThat(html.getBytes(UTF_8).length).isLessThanOrEqualTo(32_768);
    assertThat(parsed.entities()).hasSizeLessThanOrEqualTo(100);
    assertThat(new String(html.getBytes(UTF_8), UTF_8)).isEqualTo(html);
  }

  @Property(tries = 200)
  void any_notice_is_inert(@ForAll("notices") Notice notice) {
    var parsed = TelegramHtmlParser.parse(html(notice));

    assertThat(parsed.found()).isEmpty();
    assertThat(parsed.entities())
        .filteredOn(entity -> entity.type().equals("a"))
        .allSatisfy(link -> assertThat(link.href()).startsWith("https://ops.example.com/"));
    assertThat(parsed.text().codePoints())
        .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
        .noneMatch(c -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
  }

  @Property(tries = 200)
  void what_is_not_cut_reads_back_as_it_was(
      @ForAll("short texts") String title, @ForAll("short texts") String output) {
    Notice notice = Notice.of("t" + title, Notice.Tone.BAD).withOutput(Optional.of("o" + output));
    var parsed = TelegramHtmlParser.parse(html(notice));

    assertThat(unjoined(parsed.texts("b").get(0)))
        .isEqualTo(unjoined("❌ " + VisibleText.line("t" + title)));
    assertThat(parsed.texts("pre"))
        .isEqualTo(List.of(VisibleText.lines("o" + output).stripTrailing()));
  }

  @Provide
  Arbitrary<Notice> notices() {
    return Notices.any();
  }

  @Provide("short texts")
  Arbitrary<String> shortTexts() {
    return HostileTexts.texts(200);
  }

  private static String unjoined(String text) {
    return text.replace("\u2060", "");
  }

  private String html(Notice notice) {
    JsonNode json = JsonText.read(provider.render(config, TestMessages.failed(notice)).body());
    return json.required("text").stringValue();
  }
}
