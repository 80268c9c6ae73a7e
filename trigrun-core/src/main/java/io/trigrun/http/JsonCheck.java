package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A rule about one field of a JSON body. A body that is no JSON fails it.
 *
 * @param path the field, as in {@link HttpAction.Builder#output}
 * @param operator how to compare
 * @param value a JSON scalar: a quoted string, a number, {@code true}, {@code false} or {@code
 *     null}; a number for the four orderings, ignored by {@code EXISTS}
 */
public record JsonCheck(String path, Operator operator, String value) implements ResponseCheck {

  /** How the field is compared. The last four hold for numbers only; a missing field meets none. */
  public enum Operator {
    EXISTS,
    EQUALS,
    DIFFERS,
    GREATER,
    AT_LEAST,
    LESS,
    AT_MOST;

    boolean ordering() {
      return this != EXISTS && this != EQUALS && this != DIFFERS;
    }

    private boolean holds(int comparison) {
      return switch (this) {
        case GREATER -> comparison > 0;
        case AT_LEAST -> comparison >= 0;
        case LESS -> comparison < 0;
        case AT_MOST -> comparison <= 0;
        case EXISTS, EQUALS, DIFFERS -> throw new IllegalStateException("no ordering: " + this);
      };
    }
  }

  /**
   * @throws io.trigrun.validation.ValidationException for a path or value of another form
   */
  public JsonCheck {
    FieldPath.parse("request.checks.path", path);
    JsonNode expected = scalar(value);
    Problems.require(
        !operator.ordering() || expected.isNumber(),
        "request.checks.value",
        "a number with this op",
        Texts.quoted(value));
    value = operator == Operator.EXISTS ? "null" : JsonCodec.write(expected);
  }

  static String literal(String text) {
    return JsonCodec.write(JsonNodeFactory.instance.stringNode(text));
  }

  CheckResult judge(ReplyView reply) {
    String what = "JSON field " + Texts.cut(path, 80);
    if (reply.json().isEmpty()) {
      String got = reply.truncated() ? "a body above the limit" : "a body that is not JSON";
      return CheckResult.of(false, what, "a JSON body", got);
    }
    Optional<JsonNode> field =
        reply.json().flatMap(FieldPath.parse("request.checks.path", path)::find);
    String got =
        field
            .map(node -> Texts.cut(reply.shown(JsonCodec.write(node)), 80))
            .orElse("no such field");
    return CheckResult.of(field.filter(this::holds).isPresent(), what, expectation(), got);
  }

  private boolean holds(JsonNode got) {
    JsonNode expected = scalar(value);
    boolean numbers = got.isNumber() && expected.isNumber();
    if (operator == Operator.EXISTS) {
      return true;
    }
    if (operator.ordering()) {
      return numbers && operator.holds(got.decimalValue().compareTo(expected.decimalValue()));
    }
    boolean same =
        numbers ? got.decimalValue().compareTo(expected.decimalValue()) == 0 : got.equals(expected);
    return same == (operator == Operator.EQUALS);
  }

  private String expectation() {
    String shown = Texts.cut(value, 80);
    return switch (operator) {
      case EXISTS -> "it to exist";
      case EQUALS -> shown;
      case DIFFERS -> "anything but " + shown;
      case GREATER -> "more than " + shown;
      case AT_LEAST -> "at least " + shown;
      case LESS -> "less than " + shown;
      case AT_MOST -> "at most " + shown;
    };
  }

  private static JsonNode scalar(String json) {
    String expected = "a string, a number, true, false or null";
    try {
      JsonNode node = JsonCodec.read(JsonCodec.STRICT, json);
      Problems.require(node.isValueNode(), "request.checks.value", expected, node.getNodeType());
      return node;
    } catch (JacksonException e) {
      throw Refusal.of("request.checks.value", expected, JsonCodec.problem(e));
    }
  }
}
