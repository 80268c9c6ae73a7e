package io.trigrun.workflow.internal.request;

import io.trigrun.validation.Problems;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a URL from left to right and refuses values by which its path would mean another one: an
 * empty segment ({@code DELETE /orders/}), dots that climb. Servers differ in when they decode, so
 * what a segment means after that counts, too.
 */
final class PathGuard {

  private static final int MOST_CHARACTERS = 2_048;

  private final String pointer;
  private final StringBuilder url = new StringBuilder();
  private int segment;
  private boolean hasValue;
  private boolean isInQuery;

  PathGuard(String pointer) {
    this.pointer = pointer;
  }

  void literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isInQuery && (c == '/' || c == '?')) {
        endSegment();
        isInQuery = c == '?';
        segment = url.length() + 1;
      }
      url.append(c);
    }
  }

  void value(String text) {
    Problems.require(
        url.length() + text.length() <= MOST_CHARACTERS,
        pointer,
        "at most " + MOST_CHARACTERS + " characters once its placeholders are replaced",
        "more");
    url.append(PercentEncoding.encode(pointer, text));
    hasValue = true;
  }

  String end() {
    if (!isInQuery) {
      endSegment();
    }
    return url.toString();
  }

  private void endSegment() {
    if (hasValue) {
      String written = url.substring(segment).replace("+", "%2B");
      String meant = URLDecoder.decode(written, StandardCharsets.UTF_8);
      Problems.require(
          !meant.isEmpty(), pointer, "a value for each segment of the path", "an empty one");
      for (String part : meant.split("[/\\\\]", -1)) {
        String name = part.contains(";") ? part.substring(0, part.indexOf(';')) : part;
        Problems.require(
            !name.equals(".") && !name.equals(".."),
            pointer,
            "values that stay in their segment of the path",
            "one with . or .. as a segment");
      }
    }
    hasValue = false;
  }
}
