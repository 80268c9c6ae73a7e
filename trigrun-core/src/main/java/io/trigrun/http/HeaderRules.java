package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a request may carry. Values never appear in a message: they may be secret. */
final class HeaderRules {
  static final int MAX_COUNT = 50;
  static final int MAX_VALUE = 8192;

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

  /** Framing and connection handling: wrong values here smuggle requests or break the client. */
  private static final Set<String> OWNED_BY_TRANSPORT =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderRules() {}

  static boolean isToken(String name) {
    return TOKEN.matcher(name).matches();
  }

  /** The JSON path of a header in messages. */
  static String field(String name) {
    return "request.headers." + Texts.cut(name, 60);
  }

  static void checkName(String name) {
    Problems.require(
        isToken(name),
        field(name),
        "a header name of 1 to 128 letters, digits or !#$%&'*+-.^_`|~ (RFC 9110 5.6.2)",
        Texts.quoted(name));
    Problems.require(
        !OWNED_BY_TRANSPORT.contains(name.toLowerCase(Locale.ROOT)),
        field(name),
        "no header that the transport sets itself (framing, connection, host)",
        name);
  }

  static void checkValue(String name, String value) {
    Problems.require(
        value.length() <= MAX_VALUE,
        field(name),
        "at most " + MAX_VALUE + " characters",
        value.length() + " characters");
    Problems.require(
        value.chars().allMatch(c -> (c >= ' ' && c < 127) || c == '\t'),
        field(name),
        "printable ASCII, spaces and tabs (no line breaks)",
        "other characters");
  }
}
