package io.trigrun.internal.secret;

import io.trigrun.secret.Redaction;
import io.trigrun.validation.Problems;
import java.util.regex.Pattern;

/** What secrets may be called and hold. No message shows a value. */
final class SecretRules {

  private static final int LONGEST = 65_536;

  /** What may stand after {@code secret://}. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  private SecretRules() {}

  static void check(String name, String value) {
    Problems problems = new Problems();
    problems.check(
        NAME.matcher(name).matches(),
        "name",
        "1 to 128 letters, digits, dots, dashes and underscores",
        name);
    problems.check(
        value.length() >= Redaction.SHORTEST && value.length() <= LONGEST,
        "value",
        Redaction.SHORTEST + " to " + LONGEST + " characters",
        value.length() + " characters");
    problems.check(
        value.codePoints().noneMatch(SecretRules::isLoneSurrogate),
        "value",
        "whole characters",
        "a half of a surrogate pair");
    problems.throwIfAny();
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
