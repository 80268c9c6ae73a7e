package io.trigrun.http;

import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.util.List;

/** One problem as an exception, for places where the compiler must see a {@code throw}. */
final class Refusal {
  private Refusal() {}

  static ValidationException of(String field, String expected, String got) {
    return new ValidationException(List.of(new Problem(field, expected, got)));
  }
}
