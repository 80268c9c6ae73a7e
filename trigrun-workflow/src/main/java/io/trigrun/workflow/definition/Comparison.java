package io.trigrun.workflow.definition;

import java.util.Locale;

/**
 * How two JSON values compare. Numbers compare by value, strings by code point; values of different
 * types are not equal, and neither is greater.
 */
public enum Comparison {
  EQUALS,
  NOT_EQUALS,
  GREATER_THAN,
  GREATER_OR_EQUAL,
  LESS_THAN,
  LESS_OR_EQUAL,
  /** A string has this part, an array this element, an object this key. */
  CONTAINS;

  /** As JSON has it: {@code greater_than} for example. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
