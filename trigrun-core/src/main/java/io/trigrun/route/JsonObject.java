package io.trigrun.route;

import io.trigrun.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of JSON. Immutable; {@link #toString} does not show it. What asks for a value of a type
 * that is not there gets nothing: a body was checked by its shape before.
 */
public final class JsonObject {

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final ObjectNode node;

  JsonObject(ObjectNode node) {
    this.node = node;
  }

  /**
   * Reads a text of strangers: at most 64 levels, 100,000 tokens and numbers of 1,000 digits, no
   * name twice in an object, all of it text that every store can hold.
   *
   * @throws Refusal if it is none
   */
  public static JsonObject parse(byte[] utf8) {
    return new JsonObject(JsonText.object(utf8));
  }

  /** Reads what {@link #json} has written, however deep and long. */
  public static JsonObject own(String json) {
    return new JsonObject((ObjectNode) JsonText.own(json));
  }

  /** Starts an object. */
  public static Builder builder() {
    return new Builder();
  }

  /** An instant as all of the HTTP surface says it: UTC, to the millisecond, with a Z. */
  public static String instant(Instant at) {
    return MILLIS.format(at);
  }

  /** The names of its fields, in their order. */
  public Collection<String> names() {
    return List.copyOf(node.propertyNames());
  }

  /** Whether there is such a field, null or not. */
  public boolean has(String name) {
    return node.has(name);
  }

  /** A text. */
  public Optional<String> text(String name) {
    return value(name).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  /** A whole number that a {@code long} can hold. */
  public Optional<Long> whole(String name) {
    return value(name)
        .filter(JsonNode::canConvertToExactIntegral)
        .filter(JsonNode::canConvertToLong)
        .map(JsonNode::longValue);
  }

  /** True or false. */
  public Optional<Boolean> flag(String name) {
    return value(name).filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
  }

  /** A number, exactly. */
  public Optional<BigDecimal> number(String name) {
    return value(name).filter(JsonNode::isNumber).map(JsonNode::decimalValue);
  }

  /** The whole numbers of an array; of none if there is no such array. */
  public List<Integer> wholes(String name) {
    return items(name).filter(JsonNode::canConvertToInt).map(JsonNode::intValue).toList();
  }

  /** An object. */
  public Optional<JsonObject> object(String name) {
    return value(name).filter(JsonNode::isObject).map(found -> new JsonObject((ObjectNode) found));
  }

  /** The texts of an array; of none if there is no such array. */
  public List<String> texts(String name) {
    return items(name).filter(JsonNode::isString).map(JsonNode::stringValue).toList();
  }

  /** Whatever is there, null included, as a JSON text. */
  public Optional<Json> json(String name) {
    return value(name).map(found -> new Json(JsonText.write(found)));
  }

  /**
   * This, changed by what has the shape {@link ObjectShape#change} of the given one (RFC 7396):
   * null removes; what the shape says to be an object is changed likewise; all else is replaced.
   */
  public JsonObject patched(JsonObject patch, ObjectShape shape) {
    ObjectNode changed = copy(node);
    for (Map.Entry<String, JsonNode> entry : patch.node.properties()) {
      Optional<Shape> field = shape.field(entry.getKey()).map(ObjectShape.Field::shape);
      JsonNode value = entry.getValue();
      if (value.isNull()) {
        changed.remove(entry.getKey());
      } else if (field.filter(ObjectShape.class::isInstance).isPresent()
          && value instanceof ObjectNode part) {
        JsonObject now = object(entry.getKey()).orElseGet(() -> builder().build());
        changed.set(
            entry.getKey(),
            now.patched(new JsonObject(part), (ObjectShape) field.orElseThrow()).node);
      } else if (field.filter(MapShape.class::isInstance).isPresent()
          && value instanceof ObjectNode part) {
        ObjectNode map =
            object(entry.getKey()).map(now -> copy(now.node)).orElseGet(() -> new Builder().node);
        part.properties()
            .forEach(
                each -> {
                  if (each.getValue().isNull()) {
                    map.remove(each.getKey());
                  } else {
                    map.set(each.getKey(), each.getValue());
                  }
                });
        changed.set(entry.getKey(), map);
      } else {
        changed.set(entry.getKey(), value);
      }
    }
    return new JsonObject(changed);
  }

  /** This without some fields. */
  public JsonObject without(Collection<String> names) {
    ObjectNode rest = copy(node);
    rest.remove(names);
    return new JsonObject(rest);
  }

  /** All of it as a JSON text. */
  public String json() {
    return JsonText.write(node);
  }

  /** What is within is never changed, only replaced. */
  private static ObjectNode copy(ObjectNode node) {
    return JsonNodeFactory.instance.objectNode().setAll(node);
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(node.get(name));
  }

  private Stream<JsonNode> items(String name) {
    return value(name).filter(JsonNode::isArray).stream().flatMap(JsonNode::valueStream);
  }

  ObjectNode node() {
    return node;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject that && node.equals(that.node);
  }

  @Override
  public int hashCode() {
    return node.hashCode();
  }

  @Override
  public String toString() {
    return "JsonObject[" + node.size() + " fields]";
  }

  /** Makes an object. Not thread-safe. */
  public static final class Builder {

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    private Builder() {}

    /**
     * Sets a field.
     *
     * @param value a {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code Double}
     *     or {@code BigDecimal}; an {@code Instant} or {@code UUID}, as text; a {@code JsonObject};
     *     a {@link Json}, as it is; a {@code Collection} or {@code Map} of such; or an {@code
     *     Optional} of such, null if it is empty
     * @throws IllegalArgumentException for anything else
     */
    public Builder put(String name, Object value) {
      node.set(name, JsonValues.of(value));
      return this;
    }

    /** Sets a field, or leaves it out. */
    public Builder putIfPresent(String name, Optional<?> value) {
      value.ifPresent(found -> put(name, found));
      return this;
    }

    /** Sets all fields of another object. */
    public Builder putAll(JsonObject other) {
      node.setAll(other.node);
      return this;
    }

    /** The object, which further calls do not change. */
    public JsonObject build() {
      return new JsonObject(copy(node));
    }
  }

  /** What may stand in an object. */
  private static final class JsonValues {

    private JsonValues() {}

    static JsonNode of(Object value) {
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      if (value instanceof String text) {
        return nodes.stringNode(text);
      }
      if (value instanceof Integer || value instanceof Long) {
        return nodes.numberNode(((Number) value).longValue());
      }
      if (value instanceof Double number) {
        return nodes.numberNode(number);
      }
      if (value instanceof BigDecimal number) {
        return nodes.numberNode(number);
      }
      if (value instanceof Boolean flag) {
        return nodes.booleanNode(flag);
      }
      if (value instanceof Instant at) {
        return nodes.stringNode(instant(at));
      }
      if (value instanceof UUID id) {
        return nodes.stringNode(id.toString());
      }
      if (value instanceof JsonObject object) {
        return object.node;
      }
      if (value instanceof Json json) {
        return JsonText.own(json.text());
      }
      if (value instanceof Optional<?> maybe) {
        return maybe.<JsonNode>map(JsonValues::of).orElseGet(nodes::nullNode);
      }
      if (value instanceof Collection<?> many) {
        ArrayNode array = nodes.arrayNode();
        many.forEach(item -> array.add(of(item)));
        return array;
      }
      if (value instanceof Map<?, ?> map) {
        ObjectNode object = nodes.objectNode();
        map.forEach((key, item) -> object.set(String.valueOf(key), of(item)));
        return object;
      }
      throw new IllegalArgumentException("expected a value of JSON, got " + value.getClass());
    }
  }
}
