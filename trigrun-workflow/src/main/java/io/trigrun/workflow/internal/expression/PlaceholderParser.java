package io.trigrun.workflow.internal.expression;

import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads what stands between two pairs of braces. */
final class PlaceholderParser {

  /** Takes the place of one that is wrong, so that what follows is judged, too. */
  private static final Placeholder WRONG =
      new Placeholder(new Reference(Root.CONTEXT.word(), List.of()), Optional.empty());

  private static final String OR = "??";

  private final String pointer;
  private final Set<Root> roots;
  private final Problems problems;

  PlaceholderParser(String pointer, Set<Root> roots, Problems problems) {
    this.pointer = pointer;
    this.roots = roots;
    this.problems = problems;
  }

  /** Never empty: it tells by itself what is wrong. */
  Optional<Placeholder> parse(String inside) {
    int or = defaultAt(inside);
    String reference = or < 0 ? inside : inside.substring(0, or).strip();
    Optional<JsonNode> byDefault =
        or < 0 ? Optional.empty() : literal(inside.substring(or + OR.length()).strip());
    return Optional.of(
        Reference.parse(pointer, reference, roots, problems)
            .map(found -> new Placeholder(found, byDefault))
            .orElse(WRONG));
  }

  /** Where a default begins, outside of quoted keys. */
  private static int defaultAt(String inside) {
    char quote = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (inside.startsWith(OR, i)) {
        return i;
      }
    }
    return -1;
  }

  private Optional<JsonNode> literal(String json) {
    try {
      JsonNode value = JsonText.readStrictly(json);
      if (!value.isMissingNode()) {
        return Optional.of(value);
      }
    } catch (JacksonException e) {
      // Told below: its message would quote what may not be shown.
    }
    problems.add(
        pointer,
        "JSON without }} after ??, such as \"none\", 0 or null",
        json.isEmpty() ? "nothing" : "something else");
    return Optional.empty();
  }
}
