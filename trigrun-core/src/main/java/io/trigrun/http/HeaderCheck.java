package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.List;

/**
 * A rule about a header of the answer. Names match in any case; of several values one must match.
 *
 * @param name the header
 * @param operator how to compare
 * @param value the text; at most 8,192 characters, ignored by {@code EXISTS}
 */
public record HeaderCheck(String name, Operator operator, String value) implements ResponseCheck {

  /** How the header is compared. */
  public enum Operator {
    EXISTS,
    EQUALS,
    CONTAINS
  }

  /**
   * @throws io.trigrun.validation.ValidationException for a name no header has or an oversized
   *     value
   */
  public HeaderCheck {
    Problems.require(
        HeaderRules.isToken(name), "request.checks.name", "a header name", Texts.quoted(name));
    Problems.require(
        value.length() <= HeaderRules.MAX_VALUE,
        "request.checks.value",
        "at most " + HeaderRules.MAX_VALUE + " characters",
        value.length() + " characters");
    value = operator == Operator.EXISTS ? "" : value;
  }

  CheckResult judge(ReplyView reply) {
    List<String> values = reply.headers(name);
    String what = "header " + name;
    String got =
        values.isEmpty() ? "no such header" : Texts.quoted(reply.shown(String.join(", ", values)));
    String shown = Texts.quoted(value);
    return switch (operator) {
      case EXISTS -> CheckResult.of(!values.isEmpty(), what, "it to exist", got);
      case EQUALS -> CheckResult.of(values.contains(value), what, shown, got);
      case CONTAINS ->
          CheckResult.of(
              values.stream().anyMatch(v -> v.contains(value)),
              what,
              "text containing " + shown,
              got);
    };
  }
}
