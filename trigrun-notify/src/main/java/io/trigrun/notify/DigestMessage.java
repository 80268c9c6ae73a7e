package io.trigrun.notify;

import io.trigrun.notify.provider.DigestSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.spi.Definition;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what a rule has collected into one message. Pure. */
final class DigestMessage {

  private static final int MOST_ITEMS = 500;
  private static final int MOST_CHARACTERS = 262_144;
  private static final int LONGEST_TEXT = 4_000;
  private static final int MOST_FACTS = 10;

  private DigestMessage() {}

  /**
   * A summary.
   *
   * @param items what was collected, oldest first; one or more
   * @param at the firing
   */
  static Message of(List<Definition> items, Instant at, Digest digest) {
    List<Message> all =
        items.stream().map(item -> DigestItem.read(item.document()).message()).toList();
    return new Message(
        NotificationEvent.DIGEST.wireName(),
        at,
        new DigestSubject(all.subList(0, shown(items)), all.size()),
        notice(all, digest));
  }

  /** As many as a receiver can be expected to take; at least one. */
  private static int shown(List<Definition> items) {
    int shown = 0;
    long characters = 0;
    while (shown < items.size() && shown < MOST_ITEMS) {
      characters += items.get(shown).document().length();
      if (shown > 0 && characters > MOST_CHARACTERS) {
        break;
      }
      shown++;
    }
    return shown;
  }

  private static Notice notice(List<Message> all, Digest digest) {
    String title =
        all.size() == 1
            ? "1 event since the last summary"
            : all.size() + " events since the last summary";
    return Notice.of(title, tone(all)).withText(text(all, digest)).withFacts(counts(all));
  }

  /** The most alarming of them. */
  private static Tone tone(List<Message> all) {
    for (Tone tone : List.of(Tone.BAD, Tone.WARNING)) {
      if (all.stream().anyMatch(message -> message.notice().tone() == tone)) {
        return tone;
      }
    }
    return all.stream().allMatch(message -> message.notice().tone() == Tone.GOOD)
        ? Tone.GOOD
        : Tone.NEUTRAL;
  }

  /** A line for each, as far as there is room, and how many there are besides. */
  private static String text(List<Message> all, Digest digest) {
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(digest.schedule().zone());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      String line = time.format(all.get(i).at()) + "  " + all.get(i).notice().title() + "\n";
      if (text.length() + line.length() > LONGEST_TEXT) {
        return text + "… and " + (all.size() - i) + " more";
      }
      text.append(line);
    }
    return text.toString().stripTrailing();
  }

  /** How many of each event there are, the most frequent first. */
  private static List<Fact> counts(List<Message> all) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    all.forEach(message -> counts.merge(message.event(), 1, Integer::sum));
    List<Map.Entry<String, Integer>> sorted = new ArrayList<>(counts.entrySet());
    sorted.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    return sorted.stream()
        .limit(MOST_FACTS)
        .map(entry -> new Fact(entry.getKey(), entry.getValue().toString()))
        .toList();
  }
}
