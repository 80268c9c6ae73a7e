package io.trigrun.memory;

import io.trigrun.Cursor;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Page;
import io.trigrun.Trigger;
import io.trigrun.spi.PurgeRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * All rows in the order of their creation. Rows nearly always come in that order, so a list that is
 * sorted when somebody looks is cheaper than an ordered index at each enqueue.
 */
final class CreationLog {

  private static final Comparator<Row> OLDEST_FIRST =
      Comparator.comparing((Row row) -> row.origin.createdAt())
          .thenComparing(row -> row.id, Order.UNSIGNED);

  // The due instant of a finished row is the instant at which it ended.
  private static final Comparator<Row> FINISHED_FIRST =
      Comparator.comparing((Row row) -> row.dueAt).thenComparing(row -> row.id, Order.UNSIGNED);

  private final List<Row> rows = new ArrayList<>();
  private boolean sorted = true;

  void add(Row row) {
    sorted = sorted && (rows.isEmpty() || OLDEST_FIRST.compare(rows.get(rows.size() - 1), row) < 0);
    rows.add(row);
  }

  void dropPurged() {
    rows.removeIf(row -> row.purged);
  }

  /** The rows that a purge takes. */
  Collection<Row> earliestFinished(PurgeRequest request) {
    PriorityQueue<Row> earliest = new PriorityQueue<>(FINISHED_FIRST.reversed());
    for (Row row : rows) {
      if (row.finishedAt != null
          && row.finishedAt.isBefore(request.finishedBefore())
          && request.states().contains(row.state)
          && (request.queue().isEmpty() || request.queue().get().equals(row.origin.queue()))
          && (earliest.size() < request.limit()
              || FINISHED_FIRST.compare(row, earliest.element()) < 0)) {
        earliest.add(row);
        if (earliest.size() > request.limit()) {
          earliest.remove();
        }
      }
    }
    return earliest;
  }

  Page<Execution> list(ExecutionQuery query) {
    if (!sorted) {
      rows.sort(OLDEST_FIRST);
      sorted = true;
    }
    List<Execution> found = new ArrayList<>();
    int newest = query.after().map(this::countBefore).orElse(rows.size()) - 1;
    for (int i = newest; i >= 0 && found.size() <= query.limit(); i--) {
      if (matches(rows.get(i), query)) {
        found.add(rows.get(i).snapshot());
      }
    }
    return Order.page(found, query.limit(), last -> new Cursor(last.createdAt(), last.id()));
  }

  private static boolean matches(Row row, ExecutionQuery query) {
    return row.origin.workspace().equals(query.workspace())
        && (query.states().isEmpty() || query.states().contains(row.state))
        && (query.jobId().isEmpty() || query.jobId().equals(row.origin.jobId()))
        && (query.parentId().isEmpty() || query.parentId().equals(row.origin.parentId()))
        && (!query.isOfHost() || row.origin.trigger() != Trigger.SYSTEM)
        && (query.handler().isEmpty() || query.handler().get().equals(row.origin.handler()));
  }

  /** How many rows are older than a place, so that the last page costs what the first one did. */
  private int countBefore(Cursor place) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Row row = rows.get(middle);
      if (Order.isAfter(row.origin.createdAt(), row.id, place)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
