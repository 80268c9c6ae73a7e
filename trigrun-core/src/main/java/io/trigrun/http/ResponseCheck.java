package io.trigrun.http;

import java.math.BigDecimal;

/**
 * A rule that an answer must meet although its status is a success (row S10). A rule that fails
 * makes the attempt fail, and the message says what was expected and what came.
 *
 * <p>Bodies are judged by their first mebibyte, decoded with the charset of {@code Content-Type}.
 * In the JSON form a rule is an object with {@code source} and {@code op}; the operators carry the
 * names given here in lower case.
 */
public sealed interface ResponseCheck permits BodyCheck, JsonCheck, HeaderCheck, StatusCheck {

  /** The body holds this text, case-sensitively. */
  static ResponseCheck bodyContains(String text) {
    return new BodyCheck(BodyCheck.Operator.CONTAINS, text);
  }

  /** The body does not hold this text. */
  static ResponseCheck bodyLacks(String text) {
    return new BodyCheck(BodyCheck.Operator.LACKS, text);
  }

  /** The body is exactly this text. */
  static ResponseCheck bodyEquals(String text) {
    return new BodyCheck(BodyCheck.Operator.EQUALS, text);
  }

  /**
   * A part of the body matches this {@link java.util.regex.Pattern}, of at most 1,000 characters. A
   * search that takes too many steps fails the check instead of holding a thread.
   */
  static ResponseCheck bodyMatches(String regex) {
    return new BodyCheck(BodyCheck.Operator.MATCHES, regex);
  }

  /** The JSON field is there, be it {@code null}. Paths as in {@link HttpAction.Builder#output}. */
  static ResponseCheck jsonExists(String path) {
    return new JsonCheck(path, JsonCheck.Operator.EXISTS, "null");
  }

  /** The JSON field is this string. */
  static ResponseCheck jsonEquals(String path, String value) {
    return new JsonCheck(path, JsonCheck.Operator.EQUALS, JsonCheck.literal(value));
  }

  /** The JSON field is this number, however it is written ({@code 1}, {@code 1.0}). */
  static ResponseCheck jsonEquals(String path, long value) {
    return new JsonCheck(path, JsonCheck.Operator.EQUALS, Long.toString(value));
  }

  /** The JSON field is this truth value. */
  static ResponseCheck jsonEquals(String path, boolean value) {
    return new JsonCheck(path, JsonCheck.Operator.EQUALS, Boolean.toString(value));
  }

  /** The JSON field is a number that compares so with this one. */
  static ResponseCheck json(String path, JsonCheck.Operator operator, BigDecimal value) {
    return new JsonCheck(path, operator, value.toString());
  }

  /** The header was sent, be it empty. */
  static ResponseCheck headerExists(String name) {
    return new HeaderCheck(name, HeaderCheck.Operator.EXISTS, "");
  }

  /** One of the header's values is exactly this. */
  static ResponseCheck headerEquals(String name, String value) {
    return new HeaderCheck(name, HeaderCheck.Operator.EQUALS, value);
  }

  /** One of the header's values holds this text, case-sensitively. */
  static ResponseCheck headerContains(String name, String text) {
    return new HeaderCheck(name, HeaderCheck.Operator.CONTAINS, text);
  }

  /** The status is this one, from 100 to 599. */
  static ResponseCheck statusEquals(int status) {
    return new StatusCheck(status, status);
  }

  /** The status lies between these, both included. */
  static ResponseCheck statusBetween(int min, int max) {
    return new StatusCheck(min, max);
  }
}
