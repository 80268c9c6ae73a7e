package io.trigrun.route;

import io.trigrun.validation.Likeness;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Compares values with shapes and notes all that is wrong, by JSON pointers (RFC 6901). What a
 * value is is shown only where a shape says that it is no secret.
 */
public final class ShapeCheck {

  /** Whoever has made so many mistakes has a few to correct first. */
  private static final int MOST = 100;

  private static final int LONGEST_SHOWN = 60;

  private static final String TEXT = "a text";
  private static final String NUMBER = "a number";
  private static final String FLAG = "true or false";
  private static final String LIST = "a list";
  private static final String OBJECT = "an object";

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Problems problems = new Problems();
  private int count;

  private ShapeCheck() {}

  /**
   * Checks a body.
   *
   * @throws io.trigrun.validation.ValidationException with all that is wrong, by JSON pointers; the
   *     whole body is the empty one
   */
  public static void check(JsonObject body, Shape shape) {
    ShapeCheck check = new ShapeCheck();
    check.value(body.node(), shape, "");
    check.problems.throwIfAny();
  }

  private void value(JsonNode value, Shape shape, String at) {
    if (shape instanceof NullableShape nullable) {
      if (!value.isNull()) {
        value(value, nullable.shape(), at);
      }
    } else if (shape instanceof LaterShape later) {
      value(value, later.shape(), at);
    } else if (shape instanceof EitherShape either) {
      either(value, either, at);
    } else if (shape instanceof TextShape text) {
      text(value, text, at);
    } else if (shape instanceof NumberShape number) {
      number(value, number, at);
    } else if (shape instanceof FlagShape) {
      require(value.isBoolean(), at, FLAG, kind(value));
    } else if (shape instanceof AnyShape any) {
      if (require(!any.isObject() || value.isObject(), at, OBJECT, kind(value))) {
        texts(value, at);
      }
    } else if (shape instanceof ListShape list) {
      list(value, list, at);
    } else if (shape instanceof MapShape map) {
      map(value, map, at);
    } else if (shape instanceof ObjectShape object) {
      object(value, object, at);
    } else if (shape instanceof ChoiceShape choice) {
      choice(value, choice, at);
    }
  }

  private void either(JsonNode value, EitherShape shape, String at) {
    Optional<Shape> form = shape.forms().stream().filter(one -> fits(value, one)).findFirst();
    if (form.isPresent()) {
      value(value, form.get(), at);
    } else {
      add(
          at,
          shape.forms().stream().map(ShapeCheck::form).collect(Collectors.joining(" or ")),
          kind(value));
    }
  }

  /** Whether it is of the right type of JSON. */
  private static boolean fits(JsonNode value, Shape shape) {
    if (shape instanceof NullableShape nullable) {
      return value.isNull() || fits(value, nullable.shape());
    }
    if (shape instanceof AnyShape any) {
      return !any.isObject() || value.isObject();
    }
    return kind(value).equals(form(shape));
  }

  private static String form(Shape shape) {
    if (shape instanceof TextShape) {
      return TEXT;
    }
    if (shape instanceof NumberShape) {
      return NUMBER;
    }
    if (shape instanceof FlagShape) {
      return FLAG;
    }
    return shape instanceof ListShape ? LIST : OBJECT;
  }

  private void text(JsonNode value, TextShape shape, String at) {
    if (!value.isString()) {
      add(
          at,
          shape.words().isEmpty() ? TEXT : "one of " + String.join(", ", shape.words()),
          kind(value));
      return;
    }
    String text = value.stringValue();
    if (!shape.words().isEmpty() && !shape.words().contains(text)) {
      add(at, "one of " + String.join(", ", shape.words()), shape.isSecret() ? "***" : shown(text));
    } else if (text.length() < shape.shortest() || text.length() > shape.longest()) {
      add(at, length(shape.shortest(), shape.longest(), "characters"), text.length() + "");
    } else if (storable(text, at)) {
      shape.format().ifPresent(format -> format(text, format, at));
    }
  }

  private void format(String text, String format, String at) {
    switch (format) {
      case "uuid" -> require(isId(text), at, "a UUID", shown(text));
      case "date-time" ->
          require(isInstant(text), at, "an instant like 2026-03-16T10:00:00.000Z", shown(text));
      default -> {} // for people
    }
  }

  private static boolean isInstant(String text) {
    try {
      return Cursors.isPlausible(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private void number(JsonNode value, NumberShape shape, String at) {
    String expected = (shape.isWhole() ? "a whole number" : NUMBER) + shape.range();
    if (!value.isNumber()) {
      add(at, expected, kind(value));
      return;
    }
    BigDecimal number = value.decimalValue();
    boolean fits =
        isShort(number) // 1e999999999 has few digits, and is not to be written out
            && (!shape.isWhole() || number.stripTrailingZeros().scale() <= 0)
            && number.compareTo(BigDecimal.valueOf(shape.least())) >= 0
            && number.compareTo(BigDecimal.valueOf(shape.most())) <= 0;
    require(fits, at, expected, shown(number.toString()));
  }

  private static boolean isShort(BigDecimal number) {
    return number.scale() > -400 && number.scale() < 400 && number.precision() < 400;
  }

  private void list(JsonNode value, ListShape shape, String at) {
    if (!require(value.isArray(), at, LIST, kind(value))) {
      return;
    }
    if (value.size() < shape.least() || value.size() > shape.most()) {
      add(at, length(shape.least(), shape.most(), "items"), value.size() + "");
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      value(value.get(i), shape.item(), at + "/" + i);
    }
  }

  private void map(JsonNode value, MapShape shape, String at) {
    if (!require(value.isObject(), at, OBJECT, kind(value))) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (storable(entry.getKey(), at)) {
        value(entry.getValue(), shape.value(), at + "/" + escaped(entry.getKey()));
      }
    }
  }

  private void object(JsonNode value, ObjectShape shape, String at) {
    if (!require(value.isObject(), at, OBJECT, kind(value))) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String place = at + "/" + escaped(entry.getKey());
      Optional<ObjectShape.Field> field = shape.field(entry.getKey());
      if (field.isPresent()) {
        value(entry.getValue(), field.get().shape(), place);
      } else {
        add(place, nearest(entry.getKey(), names(shape)), "a field that nobody knows");
      }
    }
    shape.fields().stream()
        .filter(field -> field.isRequired() && !value.has(field.name()))
        .forEach(field -> add(at + "/" + field.name(), "a value", "nothing"));
  }

  private static List<String> names(ObjectShape shape) {
    return shape.fields().stream().map(ObjectShape.Field::name).toList();
  }

  private void choice(JsonNode value, ChoiceShape shape, String at) {
    if (!require(value.isObject(), at, OBJECT, kind(value))) {
      return;
    }
    JsonNode word = value.get(shape.discriminator());
    String place = at + "/" + shape.discriminator();
    String expected = "one of " + String.join(", ", shape.cases().keySet());
    if (word == null || !word.isString()) {
      add(place, expected, word == null ? "nothing" : kind(word));
      return;
    }
    ObjectShape one = shape.cases().get(word.stringValue());
    if (one == null) {
      add(place, expected, shown(word.stringValue()));
    } else {
      object(value, one, at);
    }
  }

  /** Free-form values are kept as well. */
  private void texts(JsonNode value, String at) {
    if (value.isString()) {
      storable(value.stringValue(), at);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        texts(value.get(i), at + "/" + i);
      }
    } else if (value.isObject()) {
      value
          .properties()
          .forEach(
              entry -> {
                if (storable(entry.getKey(), at)) {
                  texts(entry.getValue(), at + "/" + escaped(entry.getKey()));
                }
              });
    } else if (value.isNumber()) {
      require(isShort(value.decimalValue()), at, "a number of common size", "another");
    }
  }

  private boolean storable(String text, String at) {
    return StorableText.problem(text, at)
        .map(problem -> require(false, at, problem.expected(), problem.got()))
        .orElse(true);
  }

  private boolean require(boolean ok, String at, String expected, String got) {
    if (!ok) {
      add(at, expected, got);
    }
    return ok;
  }

  private void add(String at, String expected, String got) {
    if (count++ < MOST) {
      problems.add(at, expected, got);
    }
  }

  /** Whether it is a UUID in full. */
  public static boolean isId(String text) {
    return UUID_TEXT.matcher(text).matches();
  }

  /** What was probably meant; for names of query parameters, too. */
  public static String nearest(String name, Collection<String> known) {
    return Likeness.nearest(name, known)
        .map(other -> "another name, " + other + " maybe")
        .orElseGet(() -> known.isEmpty() ? "none at all" : "one of " + String.join(", ", known));
  }

  private static String length(int least, int most, String what) {
    return most == Integer.MAX_VALUE
        ? "at least " + least + " " + what
        : least + " to " + most + " " + what;
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> TEXT;
      case NUMBER -> NUMBER;
      case BOOLEAN -> FLAG;
      case ARRAY -> LIST;
      case OBJECT -> OBJECT;
      default -> "null";
    };
  }

  static String shown(String text) {
    String plain = text.codePoints().anyMatch(Character::isISOControl) ? "(unprintable)" : text;
    return StorableText.of(
        plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN));
  }

  private static String escaped(String name) {
    return shown(name).replace("~", "~0").replace("/", "~1");
  }
}
