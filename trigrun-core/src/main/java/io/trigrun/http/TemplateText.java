package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Text with placeholders, parsed once. A pair of opening braces always begins a placeholder; single
 * braces and closing pairs are plain text, since nested JSON ends in them.
 */
record TemplateText(List<Piece> pieces) {

  /** Literal text, or a variable when {@code variable} is present. */
  record Piece(String literal, Optional<TemplateVariable> variable) {}

  TemplateText {
    pieces = List.copyOf(pieces);
  }

  /**
   * @throws io.trigrun.validation.ValidationException naming {@code field} and the variable, if a
   *     placeholder is unknown or not closed
   */
  static TemplateText parse(String field, String text) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    int open = text.indexOf("{{");
    while (open >= 0) {
      int close = text.indexOf("}}", open + 2);
      Problems.require(close >= 0, field, "}} after each {{", "{{ that is never closed");
      if (open > from) {
        pieces.add(new Piece(text.substring(from, open), Optional.empty()));
      }
      pieces.add(new Piece("", Optional.of(variable(field, text.substring(open + 2, close)))));
      from = close + 2;
      open = text.indexOf("{{", from);
    }
    if (from < text.length()) {
      pieces.add(new Piece(text.substring(from), Optional.empty()));
    }
    return new TemplateText(pieces);
  }

  private static TemplateVariable variable(String field, String name) {
    Optional<TemplateVariable> known = TemplateVariable.named(name.strip());
    Problems.require(
        known.isPresent(),
        field,
        "only " + TemplateVariable.KNOWN,
        "{{" + Texts.cut(name.strip(), 40) + "}}");
    return known.orElseThrow();
  }

  boolean isConstant() {
    return pieces.stream().allMatch(piece -> piece.variable().isEmpty());
  }

  /** The text with each variable's value put through {@code escape}; literals stay as they are. */
  String render(RunStamp run, UnaryOperator<String> escape) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(piece.variable().map(v -> escape.apply(v.value(run))).orElse(piece.literal()));
    }
    return text.toString();
  }
}
