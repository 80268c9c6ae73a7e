package io.trigrun.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Several texts in one column, one a line. A backslash escapes itself and line feeds. */
final class Lines {

  private Lines() {}

  static String join(Collection<String> texts) {
    StringBuilder lines = new StringBuilder();
    for (String text : texts) {
      lines.append(text.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    }
    return lines.toString();
  }

  static List<String> split(String lines) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.length(); i++) {
      char c = lines.charAt(i);
      if (c == '\n') {
        texts.add(text.toString());
        text.setLength(0);
      } else if (c == '\\') {
        char escaped = lines.charAt(++i);
        text.append(escaped == 'n' ? '\n' : escaped);
      } else {
        text.append(c);
      }
    }
    return texts;
  }
}
