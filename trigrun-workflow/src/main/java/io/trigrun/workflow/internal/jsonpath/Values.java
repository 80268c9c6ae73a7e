package io.trigrun.workflow.internal.jsonpath;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Compares values, or the lack of them (RFC 9535 2.3.5.2.2). */
final class Values {

  /** Parsers give up at 500. */
  private static final int DEEPEST = 500;

  private final Steps steps;

  Values(Steps steps) {
    this.steps = steps;
  }

  boolean hold(Optional<JsonNode> left, Condition.Operator is, Optional<JsonNode> right) {
    return switch (is) {
      case EQUAL -> areEqual(left, right);
      case NOT_EQUAL -> !areEqual(left, right);
      case LESS -> isLess(left, right);
      case GREATER -> isLess(right, left);
      case AT_MOST -> isLess(left, right) || areEqual(left, right);
      case AT_LEAST -> isLess(right, left) || areEqual(left, right);
    };
  }

  private boolean areEqual(Optional<JsonNode> left, Optional<JsonNode> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() == right.isEmpty();
    }
    return areEqual(left.get(), right.get(), 0);
  }

  private boolean areEqual(JsonNode left, JsonNode right, int depth) {
    steps.take(1);
    if (depth > DEEPEST) {
      throw new QueryLimitException(DEEPEST + " levels to compare");
    }
    if (left.isNumber() && right.isNumber()) {
      return compare(left, right) == 0;
    }
    if (left.isString() && right.isString()) {
      steps.take(Math.min(left.stringValue().length(), right.stringValue().length()) / 16);
      return left.stringValue().equals(right.stringValue());
    }
    if (left.isArray() && right.isArray()) {
      boolean same = left.size() == right.size();
      for (int i = 0; same && i < left.size(); i++) {
        same = areEqual(left.get(i), right.get(i), depth + 1);
      }
      return same;
    }
    if (left.isObject() && right.isObject()) {
      boolean same = left.size() == right.size();
      for (Map.Entry<String, JsonNode> member : left.properties()) {
        same =
            same
                && right.has(member.getKey())
                && areEqual(member.getValue(), right.get(member.getKey()), depth + 1);
      }
      return same;
    }
    if (left.isBoolean() && right.isBoolean()) {
      return left.booleanValue() == right.booleanValue();
    }
    return left.isNull() && right.isNull();
  }

  private boolean isLess(Optional<JsonNode> left, Optional<JsonNode> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return false;
    }
    JsonNode less = left.get();
    JsonNode more = right.get();
    if (less.isNumber() && more.isNumber()) {
      return compare(less, more) < 0;
    }
    return less.isString()
        && more.isString()
        && compare(less.stringValue(), more.stringValue()) < 0;
  }

  private int compare(JsonNode left, JsonNode right) {
    BigDecimal a = left.decimalValue();
    BigDecimal b = right.decimalValue();
    steps.take((a.precision() + b.precision()) / 16);
    return a.compareTo(b);
  }

  /** By character, not by UTF-16 unit: U+FF61 comes before U+1F600. */
  private int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    steps.take(length / 16);
    int i = 0;
    while (i < length && left.charAt(i) == right.charAt(i)) {
      i++;
    }
    if (i == length) {
      return Integer.compare(left.length(), right.length());
    }
    boolean isAfterHigh = i > 0 && Character.isHighSurrogate(left.charAt(i - 1));
    int at = isAfterHigh ? i - 1 : i;
    return Integer.compare(left.codePointAt(at), right.codePointAt(at));
  }
}
