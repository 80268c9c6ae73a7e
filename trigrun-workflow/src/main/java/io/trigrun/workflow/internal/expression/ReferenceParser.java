package io.trigrun.workflow.internal.expression;

import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one reference, from left to right. */
final class ReferenceParser {

  private static final int SHOWN = 60;

  private final String pointer;
  private final String text;
  private final Set<Root> roots;
  private final Problems problems;
  private int at;

  ReferenceParser(String pointer, String text, Set<Root> roots, Problems problems) {
    this.pointer = pointer;
    this.text = text;
    this.roots = roots;
    this.problems = problems;
  }

  Optional<Reference> parse() {
    if (text.length() > Reference.MOST_CHARACTERS) {
      return refuse(
          "a reference of at most " + Reference.MOST_CHARACTERS + " characters",
          text.length() + " characters");
    }
    String word = name();
    Optional<Root> root = Root.named(word).filter(roots::contains);
    if (root.isEmpty()) {
      return refuse("a reference that begins with one of " + Root.words(roots), shown());
    }
    List<String> path = new ArrayList<>();
    while (at < text.length()) {
      Optional<String> segment = segment();
      if (segment.isEmpty()) {
        return refuse(
            "a reference such as context.order.items[0]['x-id']",
            shown() + ", wrong from character " + (at + 1));
      }
      path.add(segment.get());
    }
    if (path.size() > Reference.MOST_SEGMENTS) {
      return refuse(
          "a reference of at most " + Reference.MOST_SEGMENTS + " segments",
          path.size() + " segments");
    }
    return checked(root.get(), path);
  }

  /** What the root itself asks for. */
  private Optional<Reference> checked(Root root, List<String> path) {
    String expected =
        switch (root) {
          case SECRET ->
              path.size() == 1 && Reference.isSecretName(path.get(0))
                  ? ""
                  : "secret.name, or secret['a.name']";
          case INDEX -> path.isEmpty() ? "" : "index alone: it is a number";
          case JOB -> isOfJob(path) ? "" : "job.id, job.name, job.context, or a key of that";
          case STEPS -> path.size() >= 2 ? "" : "steps.<id>.output or steps.<id>.status";
          case WAITS -> path.size() == 2 ? "" : "waits.<id>.resume_url, or another of its URLs";
          case EXECUTION -> path.size() == 1 ? "" : "execution.id, or another field of it";
          default -> "";
        };
    return expected.isEmpty()
        ? Optional.of(new Reference(root.word(), path))
        : refuse(expected, shown());
  }

  private static boolean isOfJob(List<String> path) {
    return switch (path.isEmpty() ? "" : path.get(0)) {
      case "context" -> true;
      case "id", "name" -> path.size() == 1;
      default -> false;
    };
  }

  private Optional<String> segment() {
    char c = text.charAt(at);
    if (c == '.') {
      at++;
      String name = name();
      return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }
    if (c != '[' || at + 1 >= text.length()) {
      return Optional.empty();
    }
    at++;
    char first = text.charAt(at);
    Optional<String> inside = first == '\'' || first == '"' ? quoted(first) : position();
    if (inside.isEmpty() || at >= text.length() || text.charAt(at) != ']') {
      return Optional.empty();
    }
    at++;
    return inside;
  }

  private Optional<String> position() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return Optional.of(text.substring(from, at)).filter(Reference::isPosition);
  }

  /** A backslash takes the next character as it is. */
  private Optional<String> quoted(char quote) {
    StringBuilder key = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return Optional.of(key.toString());
      }
      if (c == '\\') {
        at++;
        if (at == text.length()) {
          return Optional.empty();
        }
      }
      key.append(text.charAt(at));
    }
    return Optional.empty();
  }

  private String name() {
    int from = at;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '-') {
        break;
      }
      at += Character.charCount(c);
    }
    return text.substring(from, at);
  }

  private <T> Optional<T> refuse(String expected, String got) {
    problems.add(pointer, expected, got);
    return Optional.empty();
  }

  private String shown() {
    StringBuilder shown = new StringBuilder("{{");
    text.codePoints()
        .limit(SHOWN)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(shown::appendCodePoint);
    return shown.append(text.codePointCount(0, text.length()) > SHOWN ? "...}}" : "}}").toString();
  }
}
