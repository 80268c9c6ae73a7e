package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.validation.Problems;
import java.util.List;

/**
 * What has to hold for a step to run (row W11). Data, not code: {@code {"left":
 * "{{context.score}}", "is": "greater_than", "right": 80}} in JSON.
 */
public sealed interface Condition {

  /**
   * Compares two values.
   *
   * @param left usually a placeholder, which keeps the type of its value
   * @param right a JSON text; its strings may be placeholders
   */
  record Compare(Json left, Comparison is, Json right) implements Condition {
    public Compare {
      left = JsonTexts.compact("left", left);
      right = JsonTexts.compact("right", right);
    }
  }

  /** A placeholder finds something that is not {@code null}. */
  record Exists(String reference) implements Condition {
    public Exists {
      StepRules.requireText("exists", reference, 500);
    }
  }

  /** All of them hold. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
      Problems.require(!conditions.isEmpty(), "all", "one or more conditions", "none");
    }
  }

  /** One of them holds. */
  record AnyOf(List<Condition> conditions) implements Condition {
    public AnyOf {
      conditions = List.copyOf(conditions);
      Problems.require(!conditions.isEmpty(), "any", "one or more conditions", "none");
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {}

  /**
   * Compares what a placeholder finds with a JSON text.
   *
   * @param left {@code {{context.score}}} for example
   * @param right {@code 80}, {@code "eu"} with its quotation marks, ...
   */
  static Condition compare(String left, Comparison is, String right) {
    return new Compare(JsonTexts.string(left), is, new Json(right));
  }

  /** A placeholder finds something: {@code {{context.score}}} or only {@code context.score}. */
  static Condition exists(String reference) {
    String text = reference.strip();
    return new Exists(
        text.startsWith("{{") && text.endsWith("}}")
            ? text.substring(2, text.length() - 2).strip()
            : text);
  }

  static Condition all(Condition... conditions) {
    return new All(List.of(conditions));
  }

  static Condition any(Condition... conditions) {
    return new AnyOf(List.of(conditions));
  }

  static Condition not(Condition condition) {
    return new Not(condition);
  }
}
