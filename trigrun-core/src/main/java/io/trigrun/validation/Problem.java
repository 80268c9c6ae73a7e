package io.trigrun.validation;

import java.io.Serializable;
import java.util.Objects;

/**
 * One reason why an input was refused.
 *
 * @param field the field's path in JSON names, such as {@code retry_policy.max_attempts}
 * @param expected what would have been accepted, such as {@code 1 to 300}
 * @param got what came instead, fit to be shown; never a secret
 */
public record Problem(String field, String expected, String got) implements Serializable {

  public Problem {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(got, "got");
  }

  /** The problem as one line: {@code timeout_seconds: expected 1 to 300, got 0}. */
  public String message() {
    return field + ": expected " + expected + ", got " + got;
  }
}
