package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Labels;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.DigestSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.spi.Definition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("N17: many messages become one")
class DigestMessageTest {

  private static final UUID RULE = UUID.fromString("019547f8-0000-7000-8000-000000000007");
  private static final Digest DAILY = Digest.cron("0 8 * * *", "Europe/Zurich");

  @Test
  void people_read_a_line_for_each_in_the_zone_of_the_digest_and_a_count_by_event() {
    Message summary = of(TestMessages.failed(), TestMessages.down(), TestMessages.failed());

    assertThat(summary.event()).isEqualTo("digest");
    assertThat(summary.notice().title()).isEqualTo("3 events since the last summary");
    assertThat(summary.notice().tone()).isEqualTo(Tone.BAD);
    assertThat(summary.notice().text())
        .contains(
            """
            2026-03-16 11:00  Nightly sync failed
            2026-03-16 11:00  API Health is down
            2026-03-16 11:00  Nightly sync failed""");
    assertThat(summary.notice().facts())
        .containsExactly(new Fact("execution.failed", "2"), new Fact("monitor.down", "1"));
  }

  @Test
  void it_is_as_alarming_as_the_worst_of_it() {
    Message good = TestMessages.succeeded("Nightly sync");
    Message warning =
        TestMessages.published("x", "{}", Notice.of("Disk is filling up", Tone.WARNING));
    Message neutral = TestMessages.published("x", "{}", Notice.of("Deployed", Tone.NEUTRAL));

    assertThat(of(good, good).notice().tone()).isEqualTo(Tone.GOOD);
    assertThat(of(good, neutral).notice().tone()).isEqualTo(Tone.NEUTRAL);
    assertThat(of(good, warning, neutral).notice().tone()).isEqualTo(Tone.WARNING);
    assertThat(of(good, warning, TestMessages.down()).notice().tone()).isEqualTo(Tone.BAD);
    assertThat(of(good).notice().title()).isEqualTo("1 event since the last summary");
  }

  @Test
  void outputs_are_left_out() {
    assertThat(item(TestMessages.failed()).document()).doesNotContain("rows");
  }

  @Property(tries = 60)
  void at_most_500_are_shown_and_all_are_counted(
      @ForAll @IntRange(min = 1, max = 1_200) int count,
      @ForAll @IntRange(max = 2_000) int payload) {
    Message one =
        TestMessages.published(
            "x",
            "{\"t\":\"" + "y".repeat(payload) + "\"}",
            Notice.of("t".repeat(250), Tone.NEUTRAL));
    Message summary = of(Collections.nCopies(count, one));

    DigestSubject subject = (DigestSubject) summary.subject();
    assertThat(subject.count()).isEqualTo(count);
    assertThat(subject.items()).hasSizeBetween(1, 500);
    assertThat(summary.notice().text().orElseThrow()).hasSizeLessThanOrEqualTo(4_096);
    if (count > 15) {
      assertThat(summary.notice().text().orElseThrow()).endsWith("… and " + (count - 14) + " more");
    }
    assertThat(JsonText.write(MessageJson.write(summary))).hasSizeLessThan(300_000);
    assertThat(MessageJson.read(MessageJson.write(summary))).isEqualTo(summary);
  }

  private static Message of(Message... messages) {
    return of(List.of(messages));
  }

  private static Message of(List<Message> messages) {
    List<Definition> items = new ArrayList<>();
    messages.forEach(message -> items.add(item(message)));
    return DigestMessage.of(items, TestMessages.AT.plus(Duration.ofHours(1)), DAILY);
  }

  private static Definition item(Message message) {
    var collecting =
        DigestItem.collecting(
            new Occurrence(
                "default",
                "key",
                Optional.empty(),
                Optional.of(RULE),
                Labels.none(),
                DeliverySubject.none(),
                message.at(),
                List.of(),
                event -> message),
            RULE,
            message);
    return DigestItem.read(collecting.payload()).definition("default");
  }
}
