package io.trigrun.workflow.internal.expression;

import io.trigrun.template.TemplateText;
import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * A text with placeholders: <code>Order {{context.order.id}}</code>. What is put in is never parsed
 * again, whatever it looks like. Immutable.
 *
 * @param pointer where it stands
 */
public record TemplateString(String pointer, TemplateText<Placeholder> text) {

  /** Parses a text; what is wrong with it is told to {@code problems}. */
  public static TemplateString parse(String pointer, String text, Problems problems) {
    return parse(pointer, text, Root.DATA, problems);
  }

  /** As {@link #parse(String, String, Problems)}, with these roots and no others. */
  public static TemplateString parse(
      String pointer, String text, Set<Root> roots, Problems problems) {
    PlaceholderParser parser = new PlaceholderParser(pointer, roots, problems);
    // It tells by itself what is wrong with a placeholder, better than "unknown".
    return new TemplateString(
        pointer, TemplateText.parse(pointer, text, parser::parse, "a reference", problems));
  }

  public boolean isConstant() {
    return text.isConstant();
  }

  /** The references in it, in order. */
  public List<Located> references() {
    return text.pieces().stream()
        .flatMap(piece -> piece.variable().stream())
        .map(found -> new Located(pointer, found.reference(), found.byDefault().isPresent()))
        .toList();
  }

  /** The placeholder, if there is one and nothing else: then the value keeps its type. */
  public Optional<Placeholder> only() {
    return text.only();
  }

  /**
   * The value: a text, or of any type if it is one placeholder and nothing else.
   *
   * @throws RenderingException if a reference finds nothing, or too much
   */
  public JsonNode render(Scope scope) {
    return new Rendering(scope).value(this);
  }

  /**
   * As a text in any case: strings as they are, {@code null} as nothing, all else as JSON.
   *
   * @throws RenderingException if a reference finds nothing, or too much
   */
  public String renderText(Scope scope) {
    return renderText(scope, UnaryOperator.identity());
  }

  /**
   * As {@link #renderText(Scope)}, with each value escaped for its place.
   *
   * @throws RenderingException if a reference finds nothing, or too much
   */
  public String renderText(Scope scope, UnaryOperator<String> escape) {
    return new Rendering(scope).text(this, escape);
  }
}
