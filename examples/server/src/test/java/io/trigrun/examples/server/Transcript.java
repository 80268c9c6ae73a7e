package io.trigrun.examples.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a page shows of a shell, typed again. Ids, tokens and times are other ones each time: an id
 * that the page shows stands for the one that came in its place.
 */
final class Transcript {

  private static final String PROMPT = "$ ";
  private static final String ELISION = "...";
  private static final Pattern NAMES =
      Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|(mping|trg)_[\\w-]{20,}"
              + "|\\bk[0-9a-f]{8}\\b");
  private static final Pattern TIMES =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z|\\b\\d+ (ms|s|min)\\b");

  /** What the page has in place of what came. */
  private final Map<String, String> shown = new LinkedHashMap<>();

  /** A command and what the page shows beneath it. */
  record Step(String command, String answer) {}

  /** All that a page shows, in its order. */
  static List<Step> of(String page) {
    List<Step> steps = new ArrayList<>();
    for (String block : page.split("(?m)^```", -1)) {
      if (!block.startsWith("\n" + PROMPT)) {
        continue;
      }
      for (String part : ("\n" + block.strip()).split("\n\\$ ", -1)) {
        if (part.isEmpty()) {
          continue;
        }
        int end = part.indexOf('\n');
        while (end >= 0 && part.charAt(end - 1) == '\\') {
          end = part.indexOf('\n', end + 1);
        }
        String command = end < 0 ? part : part.substring(0, end);
        steps.add(new Step(command, end < 0 ? "" : part.substring(end + 1).strip()));
      }
    }
    return steps;
  }

  /** With what came in the place of what the page shows. */
  String real(String command) {
    String real = command;
    for (Map.Entry<String, String> name : shown.entrySet()) {
      real = real.replace(name.getValue(), name.getKey());
    }
    return real;
  }

  /** What came, in the names of the page; and as the page has it, if that says the same. */
  String asShown(String came, String answer) {
    List<String> here = names(came);
    List<String> there = names(answer);
    for (int i = 0; i < here.size() && i < there.size(); i++) {
      shown.putIfAbsent(here.get(i), there.get(i));
    }
    String renamed = came.strip();
    for (Map.Entry<String, String> name : shown.entrySet()) {
      renamed = renamed.replace(name.getKey(), name.getValue());
    }
    return pattern(answer).matcher(timeless(renamed)).matches() ? answer : renamed;
  }

  private static List<String> names(String text) {
    return NAMES.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  private static String timeless(String text) {
    return TIMES.matcher(text).replaceAll("(time)").replaceAll(" +\n", "\n");
  }

  private static Pattern pattern(String answer) {
    return Pattern.compile(
        timeless(answer)
            .lines()
            .map(line -> line.strip().equals(ELISION) ? "(?s:.*)" : Pattern.quote(line))
            .collect(Collectors.joining("\n")));
  }
}
