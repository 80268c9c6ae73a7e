package io.trigrun.http;

import io.trigrun.template.TemplateText;
import io.trigrun.validation.Problems;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may stand between two pairs of braces. */
enum TemplateVariable {
  TIMESTAMP("timestamp"),
  UUID("uuid"),
  EXECUTION_ID("execution_id");

  private static final String KNOWN =
      "only "
          + Arrays.stream(values())
              .map(v -> "{{" + v.label + "}}")
              .collect(Collectors.joining(", "));

  private final String label;

  TemplateVariable(String label) {
    this.label = label;
  }

  /**
   * @throws io.trigrun.validation.ValidationException naming {@code field} and each variable that
   *     is unknown, or if a placeholder is not closed
   */
  static TemplateText<TemplateVariable> parse(String field, String text) {
    Problems problems = new Problems();
    TemplateText<TemplateVariable> template =
        TemplateText.parse(field, text, TemplateVariable::named, KNOWN, problems);
    problems.throwIfAny();
    return template;
  }

  private static Optional<TemplateVariable> named(String label) {
    return Arrays.stream(values()).filter(v -> v.label.equals(label)).findFirst();
  }

  String value(RunStamp run) {
    return switch (this) {
      case TIMESTAMP -> run.timestamp();
      case UUID -> run.uuid().toString();
      case EXECUTION_ID -> run.executionId().toString();
    };
  }
}
