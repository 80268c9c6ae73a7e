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

/** N19 for Teams: whatever a notice holds, the card is valid, fits, and makes nothing happen. */
class TeamsPropertyTest {

  private final TeamsProvider provider = new TeamsProvider();
  private final TeamsConfig config =
      provider.config(
          TeamsChannel.of("ops", "https://x.logic.azure.com/").includeOutput(true).settings());

  @Property(tries = 200)
  void any_notice_is_a_valid_card_within_the_limit(@ForAll("notices") Notice notice) {
    String body = body(notice);
    assertThat(body.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(20_000);
    assertThat(new String(body.getBytes(UTF_8), UTF_8)).isEqualTo(body);
    CardCheck.check(JsonText.read(body));
  }

  @Property(tries = 200)
  void any_notice_is_inert(@ForAll("notices") Notice notice) {
    String body = body(notice);
    JsonNode message = JsonText.read(body);
    CardCheck.check(message); // text runs only, which know no Markdown, and no entities
    for (String text : message.findValuesAsString("text")) {
      assertThat(text).doesNotContain("{{");
      assertThat(text.codePoints())
          .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
          .noneMatch(c -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
    }
    assertThat(message.findValuesAsString("url"))
        .allMatch(url -> url.startsWith("https://ops.example.com/"));
  }

  @Property(tries = 200)
  void what_is_not_cut_reads_back_as_it_was(
      @ForAll("short texts") String title, @ForAll("short texts") String output) {
    Notice notice = Notice.of("t" + title, Notice.Tone.BAD).withOutput(Optional.of("o" + output));
    List<String> texts = JsonText.read(body(notice)).findValuesAsString("text");

    assertThat(unjoined(texts.get(0))).isEqualTo(unjoined(VisibleText.line("t" + title)));
    assertThat(unjoined(texts.get(1)))
        .isEqualTo(unjoined(VisibleText.lines("o" + output).stripTrailing()));
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

  private String body(Notice notice) {
    return provider.render(config, TestMessages.failed(notice)).body();
  }
}
