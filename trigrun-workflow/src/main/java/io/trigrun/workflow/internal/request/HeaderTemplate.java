package io.trigrun.workflow.internal.request;

import io.trigrun.http.SecretLookup;
import io.trigrun.template.TemplateText;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.internal.expression.Located;
import io.trigrun.workflow.internal.expression.Placeholder;
import io.trigrun.workflow.internal.expression.Reference;
import io.trigrun.workflow.internal.expression.Root;
import io.trigrun.workflow.internal.expression.Scope;
import io.trigrun.workflow.internal.expression.TemplateString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a header. {@code secret://name}, as jobs have it, is the same as {@code
 * {{secret.name}}}: only where the author wrote it, never in what is put in.
 */
public final class HeaderTemplate {

  private static final String SCHEME = "secret://";
  private static final Pattern SECRET = Pattern.compile("secret://([A-Za-z0-9_.-]{1,128})");

  private final String written;
  private final TemplateString template;

  private HeaderTemplate(String written, TemplateString template) {
    this.written = written;
    this.template = template;
  }

  static HeaderTemplate parse(String pointer, String value, Problems problems) {
    TemplateString template = TemplateString.parse(pointer, value, Root.ALL, problems);
    List<TemplateText.Piece<Placeholder>> pieces = new ArrayList<>();
    boolean isOpen = false;
    for (TemplateText.Piece<Placeholder> piece : template.text().pieces()) {
      problems.check(
          !isOpen || piece.variable().isEmpty(),
          pointer,
          "no placeholder inside a secret:// reference",
          "secret://...{{");
      isOpen = piece.variable().isEmpty() && split(piece.literal(), pieces);
      if (piece.variable().isPresent()) {
        pieces.add(piece);
      }
    }
    return new HeaderTemplate(value, new TemplateString(pointer, new TemplateText<>(pieces)));
  }

  /** Adds a literal, its secrets apart; whether it ends in one. */
  private static boolean split(String literal, List<TemplateText.Piece<Placeholder>> pieces) {
    Matcher secret = SECRET.matcher(literal);
    int from = 0;
    while (secret.find()) {
      if (secret.start() > from) {
        pieces.add(literal(literal.substring(from, secret.start())));
      }
      Reference name =
          new Reference(
              Root.SECRET.word(), List.of(literal.substring(secret.start(1), secret.end(1))));
      pieces.add(
          new TemplateText.Piece<>("", Optional.of(new Placeholder(name, Optional.empty()))));
      from = secret.end();
    }
    if (from < literal.length()) {
      pieces.add(literal(literal.substring(from)));
    }
    return from == literal.length() || literal.endsWith(SCHEME);
  }

  private static TemplateText.Piece<Placeholder> literal(String text) {
    return new TemplateText.Piece<>(text, Optional.empty());
  }

  List<Located> references() {
    return template.references();
  }

  /** As it is written, with a harmless value in each place. */
  String sample() {
    String sample = template.text().render(placeholder -> "x");
    // So that a scheme without a name is judged as in jobs.
    return written.contains("{{") ? sample : written;
  }

  /** Whether it must not reach another origin. */
  public boolean isSecret() {
    return references().stream().anyMatch(found -> SecretScope.isSecret(found.reference()));
  }

  /**
   * The value.
   *
   * @throws io.trigrun.workflow.internal.expression.RenderingException if a reference finds nothing
   * @throws io.trigrun.validation.ValidationException if a header can't carry it; the message does
   *     not show it
   */
  public String render(Scope scope, SecretLookup secrets) {
    String value = template.renderText(new SecretScope(scope, secrets));
    Problems.require(
        value.chars().allMatch(c -> (c >= ' ' && c < 127) || c == '\t'),
        template.pointer(),
        "values of printable ASCII, spaces and tabs (put others into the body)",
        "other characters");
    return value;
  }
}
