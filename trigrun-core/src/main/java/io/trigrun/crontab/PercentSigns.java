package io.trigrun.crontab;

import java.util.Optional;

/**
 * A percent sign ends the line for the shell: what follows is the standard input, in which further
 * ones are line breaks. With a backslash before it, it is itself. To the letter as Vixie cron does
 * it, who counts backslashes in pairs before the first percent sign and not after it.
 */
record PercentSigns(String line, Optional<String> stdin) {

  static PercentSigns read(String written) {
    StringBuilder line = new StringBuilder();
    boolean escaped = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '%' && !escaped) {
        return new PercentSigns(line.toString(), Optional.of(stdin(written.substring(i + 1))));
      }
      if (c == '%') {
        line.setLength(line.length() - 1);
      }
      line.append(c);
      escaped = c == '\\' && !escaped;
    }
    return new PercentSigns(line.toString(), Optional.empty());
  }

  private static String stdin(String written) {
    StringBuilder text = new StringBuilder();
    boolean escaped = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '%' && escaped) {
        text.setLength(text.length() - 1);
      }
      text.append(c == '%' && !escaped ? '\n' : c);
      escaped = c == '\\';
    }
    boolean complete = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
    return text + (complete ? "" : "\n");
  }
}
