package io.trigrun.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lengths of time in words: {@code 1 d 2 h 3 min 4 s}, without what is 0. */
final class Spans {

  private Spans() {}

  static String of(Duration time) {
    List<String> parts = new ArrayList<>();
    add(parts, time.toDaysPart(), "d");
    add(parts, time.toHoursPart(), "h");
    add(parts, time.toMinutesPart(), "min");
    add(parts, time.toSecondsPart(), "s");
    return parts.isEmpty() ? "0 s" : String.join(" ", parts);
  }

  private static void add(List<String> parts, long count, String unit) {
    if (count > 0) {
      parts.add(count + " " + unit);
    }
  }
}
