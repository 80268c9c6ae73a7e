package io.trigrun.workflow.internal.jsonpath;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The text of a query and how far it has been read; knows its smallest parts. */
final class Source {

  /** The integers that every JSON parser keeps exactly: 2^53 - 1. */
  private static final long MOST = 9_007_199_254_740_991L;

  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
  private static final Pattern NUMBER =
      Pattern.compile("(?:-?(?:0|[1-9][0-9]*))(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,9})?");
  private static final Pattern FUNCTION = Pattern.compile("([a-z][a-z_0-9]*)\\(");
  private static final Pattern WORD = Pattern.compile("true|false|null");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String text;
  private int at;

  Source(String text) {
    this.text = text;
  }

  int length() {
    return text.length();
  }

  int at() {
    return at;
  }

  void goTo(int position) {
    at = position;
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  boolean take(char c) {
    boolean isThere = isAt(c);
    at += isThere ? 1 : 0;
    return isThere;
  }

  boolean take(String part) {
    boolean isThere = text.startsWith(part, at);
    at += isThere ? part.length() : 0;
    return isThere;
  }

  void expect(char c) {
    require(take(c), Character.toString(c));
  }

  void require(boolean isRight, String expected) {
    if (!isRight) {
      throw wrong(expected);
    }
  }

  QuerySyntaxException wrong(String expected) {
    return new QuerySyntaxException(expected, at);
  }

  void skipBlank() {
    while (isAt(' ') || isAt('\t') || isAt('\n') || isAt('\r')) {
      at++;
    }
  }

  /** After a dot: no quotes, no dashes. */
  String memberName() {
    int from = at;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      boolean isFirst = c < 0x80 ? c == '_' || isLetter(c) : isScalar(c);
      if (!isFirst && (at == from || c < '0' || c > '9')) {
        break;
      }
      at += Character.charCount(c);
    }
    require(at > from, "a name, *, or a name in brackets and quotes");
    return text.substring(from, at);
  }

  private static boolean isLetter(int c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean isScalar(int c) {
    return c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE;
  }

  OptionalLong integer() {
    Matcher found = INTEGER.matcher(text).region(at, text.length());
    if (!found.lookingAt()) {
      require(!isAt('-'), "an integer");
      return OptionalLong.empty();
    }
    String digits = found.group();
    boolean fits = digits.length() <= 17 && Math.abs(Long.parseLong(digits)) <= MOST;
    require(fits, "an integer of at most " + MOST);
    at = found.end();
    return OptionalLong.of(Long.parseLong(digits));
  }

  /** The name of a function whose parenthesis follows at once. */
  Optional<String> functionName() {
    Matcher found = FUNCTION.matcher(text).region(at, text.length());
    if (!found.lookingAt()) {
      return Optional.empty();
    }
    at = found.end() - 1;
    return Optional.of(text.substring(found.start(), found.end() - 1));
  }

  JsonNode literal() {
    if (isAt('\'') || isAt('"')) {
      return NODES.stringNode(string());
    }
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (word.lookingAt()) {
      at = word.end();
      return word.group().equals("null")
          ? NODES.nullNode()
          : NODES.booleanNode(word.group().equals("true"));
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    require(number.lookingAt(), "a literal, a query ($, @) or a function");
    at = number.end();
    return NODES.numberNode(new BigDecimal(number.group()));
  }

  /** In quotes of either kind. */
  String string() {
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (!isAt(quote)) {
      require(!isAtEnd(), "the closing quote");
      int c = text.codePointAt(at);
      require(c >= ' ' && isScalar(c), "a character (control characters are written \\u0000)");
      if (c == '\\') {
        escaped(quote, value);
      } else {
        value.appendCodePoint(c);
        at += Character.charCount(c);
      }
    }
    at++;
    return value.toString();
  }

  private void escaped(char quote, StringBuilder value) {
    at++;
    require(!isAtEnd(), "what the backslash escapes");
    char c = text.charAt(at);
    if (c == 'u') {
      at++;
      unicode(value);
      return;
    }
    int plain = "bfnrt/\\".indexOf(c);
    require(plain >= 0 || c == quote, "one of b f n r t / \\ u or the quote after a backslash");
    value.append(plain >= 0 ? "\b\f\n\r\t/\\".charAt(plain) : quote);
    at++;
  }

  private void unicode(StringBuilder value) {
    char first = hex();
    if (Character.isHighSurrogate(first)) {
      require(take("\\u"), "the second half of a surrogate pair");
      char second = hex();
      require(Character.isLowSurrogate(second), "the second half of a surrogate pair");
      value.append(first).append(second);
    } else {
      require(!Character.isLowSurrogate(first), "the first half of a surrogate pair");
      value.append(first);
    }
  }

  private char hex() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = isAtEnd() || text.charAt(at) > 'f' ? -1 : Character.digit(text.charAt(at), 16);
      require(digit >= 0, "four hexadecimal digits");
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }
}
