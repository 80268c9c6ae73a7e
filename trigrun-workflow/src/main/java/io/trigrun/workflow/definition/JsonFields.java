package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, read by name. What is wrong is noted with its JSON pointer, and
 * reading goes on with something harmless, so that all problems are found at once.
 */
final class JsonFields {

  private final JsonNode node;
  private final String pointer;
  private final Problems problems;
  private final Set<String> read = new HashSet<>();

  /** What is said to be missing needs not be said to be wrong. */
  private final Set<String> missing = new HashSet<>();

  JsonFields(JsonNode node, String pointer, Problems problems) {
    this.node = node;
    this.pointer = pointer;
    this.problems = problems;
    problems.check(node.isObject(), pointer.isEmpty() ? "/" : pointer, "an object", word(node));
  }

  private static String word(JsonNode node) {
    return node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  String pointer(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  Problems problems() {
    return problems;
  }

  Optional<JsonNode> maybe(String name) {
    read.add(name);
    return node.optional(name).filter(value -> !value.isNull());
  }

  Optional<String> maybeText(String name) {
    Optional<JsonNode> value = maybe(name);
    value.ifPresent(it -> problems.check(it.isString(), pointer(name), "a text", word(it)));
    return value.filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  String text(String name) {
    Optional<String> value = maybeText(name);
    if (value.isEmpty() && maybe(name).isEmpty()) {
      problems.add(pointer(name), "a text", "nothing");
      missing.add(pointer(name));
    }
    return value.orElse("");
  }

  boolean flag(String name, boolean byDefault) {
    Optional<JsonNode> value = maybe(name);
    value.ifPresent(it -> problems.check(it.isBoolean(), pointer(name), "true or false", word(it)));
    return value.filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(byDefault);
  }

  int number(String name, int byDefault) {
    Optional<JsonNode> value = maybe(name);
    value.ifPresent(
        it ->
            problems.check(
                it.isIntegralNumber() && it.canConvertToInt(),
                pointer(name),
                "a whole number",
                word(it)));
    return value
        .filter(it -> it.isIntegralNumber() && it.canConvertToInt())
        .map(JsonNode::intValue)
        .orElse(byDefault);
  }

  double decimal(String name, double byDefault) {
    Optional<JsonNode> value = maybe(name);
    value.ifPresent(it -> problems.check(it.isNumber(), pointer(name), "a number", word(it)));
    return value.filter(JsonNode::isNumber).map(JsonNode::doubleValue).orElse(byDefault);
  }

  /** Whole seconds. */
  Optional<Duration> seconds(String name) {
    Optional<JsonNode> value = maybe(name);
    value.ifPresent(
        it ->
            problems.check(
                it.isIntegralNumber() && it.canConvertToLong(),
                pointer(name),
                "a whole number of seconds",
                word(it)));
    return value
        .filter(it -> it.isIntegralNumber() && it.canConvertToLong())
        .map(it -> Duration.ofSeconds(it.longValue()));
  }

  Optional<Json> json(String name) {
    read.add(name);
    return node.optional(name).map(value -> new Json(value.toString()));
  }

  List<JsonNode> list(String name) {
    Optional<JsonNode> value = maybe(name);
    value.ifPresent(it -> problems.check(it.isArray(), pointer(name), "an array", word(it)));
    return value.filter(JsonNode::isArray).map(it -> List.copyOf(it.values())).orElse(List.of());
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<JsonNode> all = list(name);
    for (int i = 0; i < all.size(); i++) {
      JsonNode one = all.get(i);
      problems.check(one.isString(), pointer(name) + "/" + i, "a text", word(one));
      if (one.isString()) {
        texts.add(one.stringValue());
      }
    }
    return texts;
  }

  /** The members of an object, in their order. */
  Set<Map.Entry<String, JsonNode>> members(String name) {
    Optional<JsonNode> value = maybe(name);
    value.ifPresent(it -> problems.check(it.isObject(), pointer(name), "an object", word(it)));
    return value.filter(JsonNode::isObject).map(JsonNode::properties).orElse(Set.of());
  }

  /** Makes something of what was read; problems of its own are noted as problems of the object. */
  <T> Optional<T> make(Supplier<T> maker) {
    return make(pointer, maker);
  }

  /** As {@link #make(Supplier)}, for a part of the object. */
  <T> Optional<T> make(String place, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (ValidationException e) {
      for (Problem problem : e.problems()) {
        String field =
            problem.field().startsWith("/")
                ? place + problem.field()
                : place + "/" + problem.field().replace('.', '/');
        if (!missing.contains(field)) {
          problems.add(field, problem.expected(), problem.got());
        }
      }
      return Optional.empty();
    }
  }

  /** Notes the fields that nobody has asked for. */
  void refuseOthers() {
    if (!node.isObject()) {
      return;
    }
    for (String name : node.propertyNames()) {
      if (!read.contains(name)) {
        problems.check(false, pointer(name), "one of " + new java.util.TreeSet<>(read), name);
      }
    }
  }
}
