package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.util.regex.Pattern;

/** Bounds that several types of steps share. */
final class StepRules {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final int MOST_CONCURRENT = 100;

  private StepRules() {}

  static void requireId(String id) {
    requireName("id", id);
  }

  static void requireName(String field, String name) {
    Problems.require(
        NAME.matcher(name).matches(),
        field,
        "a letter, then up to 63 letters, digits, dashes and underscores",
        name);
  }

  static void requireText(String field, String text, int most) {
    Problems.require(
        text.length() <= most,
        field,
        "at most " + most + " characters",
        text.length() + " characters");
    StorableText.require(text, field);
  }

  static void requireConcurrency(int value) {
    Problems.require(
        value >= 1 && value <= MOST_CONCURRENT, "max_concurrent", "1 to " + MOST_CONCURRENT, value);
  }

  static void requireWaitTimeout(OnTimeout value) {
    Problems.require(
        value instanceof OnTimeout.Fail || value instanceof OnTimeout.Continue,
        "on_timeout",
        "fail, or a value to continue with",
        value);
  }
}
