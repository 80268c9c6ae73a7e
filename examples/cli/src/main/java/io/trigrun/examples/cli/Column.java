package io.trigrun.examples.cli;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A column of a table.
 *
 * @param cut whether a terminal that is too narrow takes cells from it
 */
record Column(String title, Cut cut, Function<JsonNode, String> value) {

  /** Who gives cells first. */
  enum Cut {
    FIRST,
    /** Half an instant is half the truth. */
    LAST,
    /** Half an id is of no use. */
    NEVER
  }

  static Column of(String title, String field) {
    return of(title, row -> Values.of(row.path(field)));
  }

  static Column of(String title, Function<JsonNode, String> value) {
    return new Column(title, Cut.FIRST, value);
  }

  static Column instant(String title, String field) {
    return new Column(title, Cut.LAST, row -> Values.of(row.path(field)));
  }

  static Column id(String title, String field) {
    return new Column(title, Cut.NEVER, row -> Values.of(row.path(field)));
  }
}
