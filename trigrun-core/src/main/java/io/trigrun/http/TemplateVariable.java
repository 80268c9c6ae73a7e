package io.trigrun.http;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may stand between two pairs of braces. */
enum TemplateVariable {
  TIMESTAMP("timestamp"),
  UUID("uuid"),
  EXECUTION_ID("execution_id");

  static final String KNOWN =
      Arrays.stream(values()).map(v -> "{{" + v.label + "}}").collect(Collectors.joining(", "));

  private final String label;

  TemplateVariable(String label) {
    this.label = label;
  }

  static Optional<TemplateVariable> named(String label) {
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
