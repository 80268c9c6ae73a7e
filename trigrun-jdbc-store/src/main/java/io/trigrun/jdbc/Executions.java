package io.trigrun.jdbc;

import io.trigrun.Cursor;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Page;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads executions, each with its texts in one statement, so that they fit together. */
final class Executions {

  private static final String SELECT =
      "SELECT " + ExecutionColumns.SELECTED + Texts.SELECTED + "FROM trigrun_execution e\n";

  private static final String BY_ID = SELECT + "WHERE e.id = ANY (?)";

  private Executions() {}

  static List<Execution> find(Transaction transaction, Collection<UUID> ids) throws SQLException {
    return transaction.query(BY_ID, parameters -> parameters.ids(ids), Executions::read);
  }

  static Page<Execution> list(Transaction transaction, ExecutionQuery query) throws SQLException {
    Filter filter =
        new Filter()
            .and("job_id = ?", query.jobId(), Parameters::id)
            .and("parent_id = ?", query.parentId(), Parameters::id)
            .and("workspace = ?", parameters -> parameters.text(query.workspace()))
            .and("handler = ?", query.handler(), Parameters::text)
            .after(query.after());
    if (!query.states().isEmpty()) {
      List<String> states = query.states().stream().map(Enum::name).toList();
      filter.and("state = ANY (?)", parameters -> parameters.texts(states));
    }
    if (query.isOfHost()) {
      filter.and("caused_by <> 'SYSTEM'", parameters -> {});
    }
    String page = filter.where() + "ORDER BY " + order(query) + " LIMIT ?";
    List<Execution> found =
        transaction.query(
            SELECT + page,
            parameters -> {
              filter.bind(parameters);
              parameters.number(query.limit() + 1L);
            },
            Executions::read);
    return Pages.page(found, query.limit(), last -> new Cursor(last.createdAt(), last.id()));
  }

  /** Newest first, with the column that is fixed in front so that an index delivers the order. */
  private static String order(ExecutionQuery query) {
    if (query.jobId().isPresent()) {
      return "job_id, created_at DESC, id DESC";
    }
    return query.parentId().isPresent()
        ? "parent_id, created_at DESC, id DESC"
        : "workspace, created_at DESC, id DESC";
  }

  private static Execution read(Columns columns) throws SQLException {
    ExecutionRow row = ExecutionColumns.read(columns);
    return row.snapshot(Texts.read(columns));
  }
}
