package io.trigrun.workflow.model;

import io.trigrun.workflow.definition.Comparison;
import io.trigrun.workflow.definition.Condition;
import io.trigrun.workflow.definition.Extract;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** As much of templates, conditions and paths as {@link RandomWorkflows} uses. */
final class Values {

  static final JsonNode NOTHING = JsonNodeFactory.instance.nullNode();

  private Values() {}

  /** Finds {@code context.a} for example, given as its words. */
  interface Finder {
    Optional<JsonNode> find(List<String> words);
  }

  static JsonNode read(String json) {
    return JsonMapper.shared().readTree(json);
  }

  /** A template with its values; throws if a reference without a default finds nothing. */
  static JsonNode render(JsonNode template, Finder finder) {
    if (template instanceof ObjectNode object) {
      ObjectNode rendered = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(it -> rendered.set(it.getKey(), render(it.getValue(), finder)));
      return rendered;
    }
    if (template instanceof ArrayNode array) {
      ArrayNode rendered = JsonNodeFactory.instance.arrayNode();
      array.values().forEach(it -> rendered.add(render(it, finder)));
      return rendered;
    }
    String text = template.isString() ? template.stringValue() : "";
    return text.startsWith("{{") ? placeholder(text, finder).orElseThrow() : template;
  }

  private static Optional<JsonNode> placeholder(String text, Finder finder) {
    List<String> parts = List.of(text.substring(2, text.length() - 2).strip().split(" \\?\\? ", 2));
    Optional<JsonNode> found = finder.find(words(parts.get(0)));
    return parts.size() == 1
        ? found
        : found.filter(value -> !value.isNull()).or(() -> Optional.of(read(parts.get(1))));
  }

  private static List<String> words(String reference) {
    return List.of(reference.split("\\.", -1));
  }

  static boolean holds(Condition condition, Finder finder) {
    if (condition instanceof Condition.Not not) {
      return !holds(not.condition(), finder);
    }
    if (condition instanceof Condition.Exists exists) {
      return finder.find(words(exists.reference())).filter(it -> !it.isNull()).isPresent();
    }
    Condition.Compare compare = (Condition.Compare) condition;
    JsonNode left = orNothing(read(compare.left().text()), finder);
    boolean areEqual = left.equals(read(compare.right().text()));
    return compare.is() == Comparison.EQUALS ? areEqual : !areEqual;
  }

  private static JsonNode orNothing(JsonNode template, Finder finder) {
    try {
      return render(template, finder);
    } catch (NoSuchElementException e) {
      return NOTHING;
    }
  }

  /** What an extract finds: paths are {@code $} and {@code $.v}. */
  static Optional<JsonNode> extract(Extract extract, JsonNode output) {
    return (extract.path().equals("$") ? Optional.of(output) : output.optional("v"))
        .or(() -> extract.byDefault().map(json -> read(json.text())));
  }
}
