package io.trigrun.jdbc;

import io.trigrun.Cursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The WHERE clause of a list: fixed conditions, joined as a query asks for them. */
final class Filter {

  private final List<String> conditions = new ArrayList<>();
  private final List<Transaction.Binding> bindings = new ArrayList<>();

  Filter and(String condition, Transaction.Binding binding) {
    conditions.add(condition);
    bindings.add(binding);
    return this;
  }

  <T> Filter and(String condition, Optional<T> value, Transaction.RowBinding<T> binding) {
    value.ifPresent(v -> and(condition, parameters -> binding.bind(parameters, v)));
    return this;
  }

  /** Only what comes after a place in a list that is newest first. */
  Filter after(Optional<Cursor> place) {
    // The first condition bounds the index scan, the second is about equal instants.
    return and(
        "created_at <= ? AND (created_at < ? OR id < ?)",
        place,
        (parameters, cursor) ->
            parameters.instant(cursor.createdAt()).instant(cursor.createdAt()).id(cursor.id()));
  }

  String where() {
    return "WHERE " + String.join(" AND ", conditions) + "\n";
  }

  void bind(Parameters parameters) throws SQLException {
    for (Transaction.Binding binding : bindings) {
      binding.bind(parameters);
    }
  }
}
