package io.trigrun.workflow.internal.request;

import io.trigrun.template.TemplateText;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.internal.expression.Located;
import io.trigrun.workflow.internal.expression.Placeholder;
import io.trigrun.workflow.internal.expression.Scope;
import io.trigrun.workflow.internal.expression.TemplateString;
import java.util.List;

/**
 * A URL with placeholders in path and query. A value is percent-encoded and becomes one segment of
 * the path, or a part of one, or one value of the query: it can neither choose where the request
 * goes nor climb out of its place.
 */
public final class UrlTemplate {

  private final TemplateString template;

  private UrlTemplate(TemplateString template) {
    this.template = template;
  }

  /** Parses a URL; what is wrong with its placeholders is told to {@code problems}. */
  static UrlTemplate parse(String pointer, String url, Problems problems) {
    int open = url.indexOf("{{");
    problems.check(
        open < 0 || open >= authorityEnd(url),
        pointer,
        "scheme, host and port as they are, and placeholders in path or query only",
        "one before the path");
    return new UrlTemplate(TemplateString.parse(pointer, url, problems));
  }

  private static int authorityEnd(String url) {
    int end = url.indexOf("://") < 0 ? url.length() : url.indexOf("://") + 3;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  List<Located> references() {
    return template.references();
  }

  /** The URL with a harmless value in each place, to check all the rest of it. */
  String sample() {
    return template.text().render(placeholder -> "x");
  }

  /**
   * The URL with its values.
   *
   * @throws io.trigrun.workflow.internal.expression.RenderingException if a reference finds nothing
   * @throws io.trigrun.validation.ValidationException if a value can't stand in its place; the
   *     message does not show it
   */
  public String render(Scope scope) {
    if (template.isConstant()) {
      return sample();
    }
    PathGuard guard = new PathGuard(template.pointer());
    for (TemplateText.Piece<Placeholder> piece : template.text().pieces()) {
      if (piece.variable().isEmpty()) {
        guard.literal(piece.literal());
      } else {
        guard.value(
            new TemplateString(template.pointer(), new TemplateText<>(List.of(piece)))
                .renderText(scope));
      }
    }
    return guard.end();
  }
}
