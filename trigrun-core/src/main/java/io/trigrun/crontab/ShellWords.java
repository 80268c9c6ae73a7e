package io.trigrun.crontab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of a shell line that is nothing but a program with its arguments (POSIX 2.2 and 2.3).
 * Output that goes to {@code /dev/null} is left out. Whatever needs a shell to be understood makes
 * the answer empty.
 */
final class ShellWords {

  private static final String NEEDS_A_SHELL = "|&;()$`*[]{}\n";
  private static final String ESCAPED_IN_QUOTES = "$`\"\\";
  private static final List<String> HARMLESS =
      List.of(">/dev/null", ">>/dev/null", "</dev/null", ">&1", ">&2");

  private final String line;
  private int at;

  private ShellWords(String line) {
    this.line = line;
  }

  static Optional<List<String>> read(String line) {
    return new ShellWords(line).words();
  }

  private Optional<List<String>> words() {
    List<String> words = new ArrayList<>();
    while (skipBlanks()) {
      int start = at;
      while (at < line.length() && Character.isDigit(line.charAt(at))) {
        at++;
      }
      boolean redirection = at < line.length() && "<>".indexOf(line.charAt(at)) >= 0;
      if (redirection) {
        if (!skipRedirection()) {
          return Optional.empty();
        }
        continue;
      }
      at = start;
      Optional<String> word = word();
      if (word.isEmpty()) {
        return Optional.empty();
      }
      words.add(word.get());
    }
    return Optional.of(words);
  }

  private boolean skipBlanks() {
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return at < line.length();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private boolean skipRedirection() {
    StringBuilder operator = new StringBuilder();
    while (at < line.length() && "<>&".indexOf(line.charAt(at)) >= 0) {
      operator.append(line.charAt(at++));
    }
    if (!skipBlanks()) {
      return false;
    }
    return word().filter(target -> HARMLESS.contains(operator + target)).isPresent();
  }

  /** Up to the next blank or redirection outside of quotes; empty if it needs a shell. */
  private Optional<String> word() {
    StringBuilder word = new StringBuilder();
    if ("#~".indexOf(line.charAt(at)) >= 0) {
      return Optional.empty();
    }
    while (at < line.length() && !isBlank(line.charAt(at)) && !isRedirection(line.charAt(at))) {
      char c = line.charAt(at++);
      boolean understood;
      if (c == '\'') {
        understood = singleQuoted(word);
      } else if (c == '"') {
        understood = doubleQuoted(word);
      } else if (c == '\\') {
        understood = at < line.length() && line.charAt(at) != '\n';
        word.append(understood ? line.charAt(at++) : c);
      } else {
        // A question mark is for file names, too, but in a URL nobody means that.
        understood =
            NEEDS_A_SHELL.indexOf(c) < 0 && (c != '?' || word.toString().startsWith("http"));
        word.append(c);
      }
      if (!understood) {
        return Optional.empty();
      }
    }
    return Optional.of(word.toString());
  }

  private static boolean isRedirection(char c) {
    return c == '<' || c == '>';
  }

  private boolean singleQuoted(StringBuilder word) {
    int end = line.indexOf('\'', at);
    if (end < 0) {
      return false;
    }
    word.append(line, at, end);
    at = end + 1;
    return true;
  }

  private boolean doubleQuoted(StringBuilder word) {
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c == '$' || c == '`') {
        return false;
      }
      boolean escapes =
          c == '\\' && at < line.length() && ESCAPED_IN_QUOTES.indexOf(line.charAt(at)) >= 0;
      word.append(escapes ? line.charAt(at++) : c);
    }
    return false;
  }
}
