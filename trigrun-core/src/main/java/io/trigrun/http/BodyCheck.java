package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.regex.Pattern;

/**
 * A rule about the text of the body.
 *
 * @param operator how to compare
 * @param value the text or pattern; at most 10,000 characters, not empty unless compared with
 *     {@code EQUALS}
 */
public record BodyCheck(Operator operator, String value) implements ResponseCheck {
  private static final String FIELD = "request.checks.value";

  /** How the text of the body is compared. */
  public enum Operator {
    CONTAINS,
    LACKS,
    EQUALS,
    MATCHES
  }

  /**
   * @throws io.trigrun.validation.ValidationException for an empty or oversized value or a pattern
   *     that does not compile or repeats too much
   */
  public BodyCheck {
    Problems.require(
        value.length() <= 10_000,
        FIELD,
        "at most 10000 characters",
        value.length() + " characters");
    Problems.require(
        !value.isEmpty() || operator == Operator.EQUALS, FIELD, "a text", "an empty one");
    if (operator == Operator.MATCHES) {
      BoundedRegex.compile(FIELD, value);
    }
  }

  CheckResult judge(ReplyView reply) {
    String text = reply.text();
    String got = Texts.quoted(reply.shownText()) + (reply.truncated() ? " (cut at the limit)" : "");
    String shown = Texts.quoted(value);
    return switch (operator) {
      case CONTAINS ->
          CheckResult.of(text.contains(value), "body", "text containing " + shown, got);
      case LACKS -> CheckResult.of(!text.contains(value), "body", "no text " + shown, "it");
      case EQUALS -> CheckResult.of(!reply.truncated() && text.equals(value), "body", shown, got);
      case MATCHES -> matches(text, got);
    };
  }

  private CheckResult matches(String text, String got) {
    Pattern pattern = BoundedRegex.compile(FIELD, value);
    String expected = "a match of " + Texts.quoted(value);
    return BoundedRegex.find(pattern, text)
        .map(found -> CheckResult.of(found, "body", expected, got))
        .orElseGet(
            () -> CheckResult.of(false, "body", expected, "no result: the search took too long"));
  }
}
