package io.trigrun.workflow.internal.jsonpath;

import java.util.List;

/** What a filter asks of a node (RFC 9535 2.3.5). */
sealed interface Condition {

  record AnyOf(List<Condition> conditions) implements Condition {}

  record AllOf(List<Condition> conditions) implements Condition {}

  record Not(Condition condition) implements Condition {}

  /** The query finds something. */
  record Exists(Query query) implements Condition {}

  record Compare(Operand left, Operator is, Operand right) implements Condition {}

  /**
   * The functions {@code match} and {@code search}.
   *
   * @param isWhole whether all of the text must match
   */
  record Matches(Operand text, Operand regex, boolean isWhole) implements Condition {}

  /** How two values compare. */
  enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    GREATER(">");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }
}
