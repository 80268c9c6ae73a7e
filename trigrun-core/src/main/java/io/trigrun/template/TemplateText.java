package io.trigrun.template;

import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Text with placeholders, parsed once. A pair of opening braces always begins a placeholder; single
 * braces and closing pairs are plain text, since nested JSON ends in them.
 *
 * @param <V> what may stand between two pairs of braces
 */
public record TemplateText<V>(List<Piece<V>> pieces) {

  private static final int SHOWN = 40;

  /** Literal text, or a variable when {@code variable} is present. */
  public record Piece<V>(String literal, Optional<V> variable) {}

  public TemplateText {
    pieces = List.copyOf(pieces);
  }

  /**
   * Parses a text. A placeholder that is unknown is noted and left out; one that is never closed
   * ends the text.
   *
   * @param field the field's path in JSON names, for problems
   * @param variables knows the names; blanks around a name are not part of it
   * @param known the names in words, for problems
   */
  public static <V> TemplateText<V> parse(
      String field,
      String text,
      Function<String, Optional<V>> variables,
      String known,
      Problems problems) {
    List<Piece<V>> pieces = new ArrayList<>();
    int from = 0;
    int open = text.indexOf("{{");
    while (open >= 0) {
      int close = text.indexOf("}}", open + 2);
      if (close < 0) {
        problems.add(field, "}} after each {{", "{{ that is never closed");
        return new TemplateText<>(pieces);
      }
      if (open > from) {
        pieces.add(new Piece<>(text.substring(from, open), Optional.empty()));
      }
      String name = text.substring(open + 2, close).strip();
      Optional<V> variable = variables.apply(name);
      problems.check(variable.isPresent(), field, known, shown(name));
      if (variable.isPresent()) {
        pieces.add(new Piece<>("", variable));
      }
      from = close + 2;
      open = text.indexOf("{{", from);
    }
    if (from < text.length()) {
      pieces.add(new Piece<>(text.substring(from), Optional.empty()));
    }
    return new TemplateText<>(pieces);
  }

  private static String shown(String name) {
    StringBuilder shown = new StringBuilder("{{");
    name.codePoints()
        .limit(SHOWN)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(shown::appendCodePoint);
    return shown.append(name.codePointCount(0, name.length()) > SHOWN ? "...}}" : "}}").toString();
  }

  /** How many placeholders there are. */
  public int variables() {
    return (int) pieces.stream().filter(piece -> piece.variable().isPresent()).count();
  }

  public boolean isConstant() {
    return variables() == 0;
  }

  /** The variable, if the text is one placeholder and nothing else. */
  public Optional<V> only() {
    return pieces.size() == 1 ? pieces.get(0).variable() : Optional.empty();
  }

  /** The text with what {@code value} says of each variable; literals stay as they are. */
  public String render(Function<V, String> value) {
    StringBuilder text = new StringBuilder();
    for (Piece<V> piece : pieces) {
      text.append(piece.variable().map(value).orElse(piece.literal()));
    }
    return text.toString();
  }
}
