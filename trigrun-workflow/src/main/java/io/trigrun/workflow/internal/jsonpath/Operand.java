package io.trigrun.workflow.internal.jsonpath;

import tools.jackson.databind.JsonNode;

/** What has a value, or none (RFC 9535 2.4.1). */
sealed interface Operand {

  record Literal(JsonNode value) implements Operand {}

  /** A singular query. */
  record Single(Query query) implements Operand {}

  /** {@code length}: of a string in characters, of an array, of an object. */
  record Length(Operand of) implements Operand {}

  /** {@code count}: how many nodes a query finds. */
  record Count(Query query) implements Operand {}

  /** {@code value}: of the only node that a query finds. */
  record Value(Query query) implements Operand {}
}
