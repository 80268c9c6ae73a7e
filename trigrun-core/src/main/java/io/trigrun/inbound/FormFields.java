package io.trigrun.inbound;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields as queries and forms have them: {@code a=1&b=2&a=3}. */
final class FormFields {

  /** What comes after so many is left unread: no page of ours has more, and a stranger may. */
  static final int MOST = 1_000;

  private FormFields() {}

  static Map<String, List<String>> parse(String text) {
    if (text.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    int start = 0;
    for (int count = 0; start < text.length() && count < MOST; count++) {
      int end = text.indexOf('&', start);
      end = end < 0 ? text.length() : end;
      add(fields, text.substring(start, end));
      start = end + 1;
    }
    fields.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(fields);
  }

  private static void add(Map<String, List<String>> fields, String pair) {
    if (pair.isEmpty()) {
      return;
    }
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    fields.computeIfAbsent(decoded(name), unused -> new ArrayList<>()).add(decoded(value));
  }

  private static String decoded(String text) {
    return PercentCode.decoded(text.replace('+', ' '));
  }
}
