package io.trigrun.http;

import java.util.Locale;
import java.util.Set;

/** Which headers a request may carry. Values never appear in a message: they may be secret. */
final class HeaderRules {
  static final int MAX_COUNT = 50;
  static final int MAX_VALUE = 8192;

  private static final int MAX_NAME = 128;

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
    boolean token = !name.isEmpty() && name.length() <= MAX_NAME;
    for (int i = 0; token && i < name.length(); i++) {
      token = isTokenChar(name.charAt(i));
    }
    return token;
  }

  private static boolean isTokenChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  /** The JSON path of a header in messages. */
  static String field(String name) {
    return "request.headers." + Texts.cut(name, 60);
  }

  // Each request passes here: messages are made only when there is something to say.

  static void checkName(String name) {
    if (!isToken(name)) {
      throw Refusal.of(
          field(name),
          "a header name of 1 to 128 letters, digits or !#$%&'*+-.^_`|~ (RFC 9110 5.6.2)",
          Texts.quoted(name));
    }
    if (OWNED_BY_TRANSPORT.contains(name.toLowerCase(Locale.ROOT))) {
      throw Refusal.of(
          field(name),
          "no header that the transport sets itself (framing, connection, host)",
          name);
    }
  }

  static void checkValue(String name, String value) {
    if (value.length() > MAX_VALUE) {
      throw Refusal.of(
          field(name), "at most " + MAX_VALUE + " characters", value.length() + " characters");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' || c >= 127) && c != '\t') {
        throw Refusal.of(
            field(name), "printable ASCII, spaces and tabs (no line breaks)", "other characters");
      }
    }
  }
}
