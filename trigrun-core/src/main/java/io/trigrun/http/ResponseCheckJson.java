package io.trigrun.http;

import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One element of {@code request.checks}: an object with {@code source} ({@code body}, {@code json},
 * {@code header}, {@code status}), {@code op}, and {@code path}, {@code name}, {@code value},
 * {@code min} or {@code max} as the two require.
 */
final class ResponseCheckJson {
  private static final String PREFIX = "request.checks";

  private final String at;
  private final JsonNode node;

  private ResponseCheckJson(String at, JsonNode node) {
    this.at = at;
    this.node = node;
  }

  static ObjectNode write(ResponseCheck check) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (check instanceof BodyCheck body) {
      node.put("source", "body").put("op", word(body.operator())).put("value", body.value());
    } else if (check instanceof JsonCheck json) {
      node.put("source", "json").put("path", json.path()).put("op", word(json.operator()));
      if (json.operator() != JsonCheck.Operator.EXISTS) {
        node.set("value", JsonCodec.read(JsonCodec.STRICT, json.value()));
      }
    } else if (check instanceof HeaderCheck header) {
      node.put("source", "header").put("name", header.name()).put("op", word(header.operator()));
      if (header.operator() != HeaderCheck.Operator.EXISTS) {
        node.put("value", header.value());
      }
    } else if (check instanceof StatusCheck status) {
      node.put("source", "status").put("op", "between");
      node.put("min", status.min()).put("max", status.max());
    }
    return node;
  }

  /** The check, or empty after telling {@code problems} what is wrong, with {@code at} in front. */
  static Optional<ResponseCheck> read(String at, JsonNode node, Problems problems) {
    try {
      return Optional.of(new ResponseCheckJson(at, node).read());
    } catch (ValidationException e) {
      e.problems()
          .forEach(
              p -> {
                String field =
                    p.field().startsWith(at)
                        ? p.field()
                        : at + p.field().substring(PREFIX.length());
                problems.add(field, p.expected(), p.got());
              });
      return Optional.empty();
    }
  }

  private ResponseCheck read() {
    Problems.require(node.isObject(), at, "an object", HttpActionReader.kind(node));
    String source = text("source");
    return switch (source) {
      case "body" -> body();
      case "json" -> json();
      case "header" -> header();
      case "status" -> status();
      default ->
          throw Refusal.of(at + ".source", "body, json, header or status", Texts.quoted(source));
    };
  }

  private ResponseCheck body() {
    only("value");
    return new BodyCheck(operator(BodyCheck.Operator.values()), text("value"));
  }

  private ResponseCheck json() {
    JsonCheck.Operator operator = operator(JsonCheck.Operator.values());
    if (operator == JsonCheck.Operator.EXISTS) {
      only("path");
      return new JsonCheck(text("path"), operator, "null");
    }
    only("path", "value");
    Problems.require(node.has("value"), at + ".value", "a value to compare with", "nothing");
    return new JsonCheck(text("path"), operator, JsonCodec.write(node.get("value")));
  }

  private ResponseCheck header() {
    HeaderCheck.Operator operator = operator(HeaderCheck.Operator.values());
    if (operator == HeaderCheck.Operator.EXISTS) {
      only("name");
      return new HeaderCheck(text("name"), operator, "");
    }
    only("name", "value");
    return new HeaderCheck(text("name"), operator, text("value"));
  }

  private ResponseCheck status() {
    String op = text("op");
    Problems.require(
        op.equals("equals") || op.equals("between"),
        at + ".op",
        "one of equals, between",
        Texts.quoted(op));
    if (op.equals("equals")) {
      only("value");
      return new StatusCheck(number("value"), number("value"));
    }
    only("min", "max");
    return new StatusCheck(number("min"), number("max"));
  }

  private void only(String... names) {
    Set<String> known = new LinkedHashSet<>(List.of("source", "op"));
    known.addAll(List.of(names));
    for (String name : node.propertyNames()) {
      Problems.require(
          known.contains(name),
          at + "." + Texts.cut(name, 60),
          "only the fields " + String.join(", ", known),
          "an unknown field");
    }
  }

  private String text(String name) {
    Optional<JsonNode> value = node.optional(name);
    Problems.require(
        value.filter(JsonNode::isString).isPresent(),
        at + "." + name,
        "a string",
        value.map(HttpActionReader::kind).orElse("nothing"));
    return value.orElseThrow().stringValue();
  }

  private int number(String name) {
    Optional<JsonNode> value = node.optional(name);
    Optional<Integer> number = value.flatMap(HttpActionReader::integer);
    Problems.require(
        number.isPresent(),
        at + "." + name,
        "a status from 100 to 599",
        value.map(v -> Texts.cut(v.toString(), 80)).orElse("nothing"));
    return number.orElseThrow();
  }

  private <E extends Enum<E>> E operator(E[] operators) {
    String op = text("op");
    Optional<E> known = Arrays.stream(operators).filter(o -> word(o).equals(op)).findFirst();
    String words =
        Arrays.stream(operators).map(ResponseCheckJson::word).collect(Collectors.joining(", "));
    Problems.require(known.isPresent(), at + ".op", "one of " + words, Texts.quoted(op));
    return known.orElseThrow();
  }

  private static String word(Enum<?> operator) {
    return operator.name().toLowerCase(Locale.ROOT);
  }
}
