package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Comparison;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How JSON values compare: see {@link Comparison}. */
final class Comparisons {

  /** Beyond, digits would be written out that nobody has sent. */
  private static final int WIDEST = 1_000;

  private Comparisons() {}

  static boolean holds(Comparison is, JsonNode left, JsonNode right) {
    return switch (is) {
      case EQUALS -> areEqual(left, right);
      case NOT_EQUALS -> !areEqual(left, right);
      case GREATER_THAN -> compare(left, right).filter(order -> order > 0).isPresent();
      case GREATER_OR_EQUAL -> compare(left, right).filter(order -> order >= 0).isPresent();
      case LESS_THAN -> compare(left, right).filter(order -> order < 0).isPresent();
      case LESS_OR_EQUAL -> compare(left, right).filter(order -> order <= 0).isPresent();
      case CONTAINS -> contains(left, right);
    };
  }

  private static boolean areEqual(JsonNode left, JsonNode right) {
    if (left.isNumber() && right.isNumber()) {
      return compare(left, right).filter(order -> order == 0).isPresent();
    }
    if (left.isArray() && right.isArray()) {
      return left.size() == right.size()
          && java.util.stream.IntStream.range(0, left.size())
              .allMatch(i -> areEqual(left.get(i), right.get(i)));
    }
    if (left.isObject() && right.isObject()) {
      return left.size() == right.size()
          && left.properties().stream()
              .allMatch(
                  entry ->
                      right
                          .optional(entry.getKey())
                          .filter(value -> areEqual(entry.getValue(), value))
                          .isPresent());
    }
    return left.equals(right);
  }

  private static Optional<Integer> compare(JsonNode left, JsonNode right) {
    if (left.isNumber() && right.isNumber()) {
      return Optional.of(order(left.decimalValue(), right.decimalValue()));
    }
    if (left.isString() && right.isString()) {
      return Optional.of(byCodePoint(left.stringValue(), right.stringValue()));
    }
    return Optional.empty();
  }

  /** Compares numbers of absurd exponents without writing out their digits. */
  private static int order(BigDecimal one, BigDecimal other) {
    int signs = Integer.compare(one.signum(), other.signum());
    if (signs != 0 || one.signum() == 0) {
      return signs;
    }
    long magnitude = (long) one.precision() - one.scale();
    long otherMagnitude = (long) other.precision() - other.scale();
    if (Math.abs(magnitude - otherMagnitude) > WIDEST) {
      return Long.compare(magnitude, otherMagnitude) * one.signum();
    }
    return one.compareTo(other);
  }

  private static int byCodePoint(String one, String other) {
    int[] left = one.codePoints().toArray();
    int[] right = other.codePoints().toArray();
    return java.util.Arrays.compare(left, right);
  }

  private static boolean contains(JsonNode whole, JsonNode part) {
    if (whole.isString()) {
      return part.isString() && whole.stringValue().contains(part.stringValue());
    }
    if (whole.isArray()) {
      return whole.values().stream().anyMatch(element -> areEqual(element, part));
    }
    return whole.isObject() && part.isString() && whole.has(part.stringValue());
  }
}
