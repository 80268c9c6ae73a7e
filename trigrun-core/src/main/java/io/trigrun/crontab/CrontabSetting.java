package io.trigrun.crontab;

import io.trigrun.validation.Problems;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code NAME=value}: blanks around the sign do not count, quotes keep those of the value, and
 * nothing in it is expanded.
 */
record CrontabSetting(String name, String value) {

  private static final Pattern SETTING =
      Pattern.compile(
          "(?<quote>[\"']?)(?<name>[A-Za-z_][A-Za-z0-9_]*)\\k<quote>[ \\t]*=(?<value>.*)",
          Pattern.DOTALL);

  /**
   * Reads a line; empty if it is of another kind.
   *
   * @throws io.trigrun.validation.ValidationException if its quotes are not in order
   */
  static Optional<CrontabSetting> read(String line) {
    Matcher parts = SETTING.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String name = parts.group("name");
    return Optional.of(new CrontabSetting(name, unquoted(name, parts.group("value").strip())));
  }

  private static String unquoted(String name, String value) {
    if (!value.startsWith("\"") && !value.startsWith("'")) {
      return value;
    }
    int end = value.indexOf(value.charAt(0), 1);
    Problems.require(
        end == value.length() - 1,
        name,
        "a quote at the end of the value, and none before",
        end < 0 ? "none" : "more after it");
    return value.substring(1, end);
  }
}
