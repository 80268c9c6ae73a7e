package io.trigrun.jdbc;

import io.trigrun.Cursor;
import io.trigrun.Page;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads definitions. */
final class Definitions {

  private static final String SELECT =
      "SELECT " + DefinitionColumns.SELECTED + "FROM trigrun_definition d\n";

  private static final String BY_ID = SELECT + "WHERE d.id = ANY (?)";

  private static final String BY_NAME =
      SELECT + "WHERE d.workspace = ? AND d.kind = ? AND d.name = ?";

  private static final String BY_KEY = SELECT + "WHERE d.kind = ? AND d.lookup_key = ?";

  private Definitions() {}

  static List<Definition> find(Transaction transaction, Collection<UUID> ids) throws SQLException {
    return DefinitionColumns.query(transaction, BY_ID, parameters -> parameters.ids(ids));
  }

  static Optional<Definition> findByName(
      Transaction transaction, String workspace, String kind, String name) throws SQLException {
    return DefinitionColumns.query(
            transaction, BY_NAME, parameters -> parameters.text(workspace).text(kind).text(name))
        .stream()
        .findFirst();
  }

  static Optional<Definition> findByKey(Transaction transaction, String kind, String lookupKey)
      throws SQLException {
    return DefinitionColumns.query(
            transaction, BY_KEY, parameters -> parameters.text(kind).text(lookupKey))
        .stream()
        .findFirst();
  }

  static Page<Definition> list(Transaction transaction, DefinitionQuery query) throws SQLException {
    Filter filter =
        new Filter()
            .and("d.kind = ?", parameters -> parameters.text(query.kind()))
            .and("d.workspace = ?", query.workspace(), Parameters::text)
            .and("d.owner = ?", query.owner(), Parameters::id)
            .and(
                "d.id IN (SELECT definition_id FROM trigrun_reference WHERE target_id = ?)",
                query.references(),
                Parameters::id)
            .after(query.after());
    List<Definition> found =
        DefinitionColumns.query(
            transaction,
            SELECT + filter.where() + order(query),
            parameters -> {
              filter.bind(parameters);
              parameters.number(query.limit() + 1L);
            });
    return Pages.page(found, query.limit(), last -> new Cursor(last.createdAt(), last.id()));
  }

  /**
   * The columns that are fixed are named so that the index which finds the rows delivers the order.
   */
  private static String order(DefinitionQuery query) {
    String newestFirst = "d.created_at DESC, d.id DESC LIMIT ?";
    if (query.owner().isPresent()) {
      return "ORDER BY d.owner, " + newestFirst;
    }
    if (query.references().isPresent()) {
      return "ORDER BY " + newestFirst; // few: sorted after they are found by their ids
    }
    return query.workspace().isPresent()
        ? "ORDER BY d.kind, d.workspace, " + newestFirst
        : "ORDER BY d.kind, " + newestFirst;
  }
}
