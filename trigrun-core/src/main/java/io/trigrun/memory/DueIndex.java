package io.trigrun.memory;

import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.QueueBacklog;
import io.trigrun.spi.ClaimRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Live rows by queue, handler, priority and whether they are new work, so that a claim never looks
 * at what its node can't run, and never at future rows to find the urgent one.
 */
final class DueIndex {

  /**
   * The rows of one queue and handler: two heaps a priority, of new work and of what a node or a
   * waker has.
   */
  static final class Shelf {
    private final DueHeap[] heaps = new DueHeap[Priority.values().length * 2];

    private Shelf() {
      for (int i = 0; i < heaps.length; i++) {
        heaps[i] = new DueHeap();
      }
    }

    private DueHeap heap(int level, boolean fresh) {
      return heaps[level * 2 + (fresh ? 0 : 1)];
    }

    /** The earlier of a row and the heap's first one, if that is due. */
    private @Nullable Row earlier(@Nullable Row row, int level, boolean fresh, Instant limit) {
      Row first = heap(level, fresh).peek();
      return first != null && !first.dueAt.isAfter(limit) && (row == null || goesBefore(first, row))
          ? first
          : row;
    }
  }

  private final Map<String, Map<String, Shelf>> shelves = new HashMap<>();

  /** Puts a row where its state and due instant want it. */
  void put(Row row) {
    DueHeap.remove(row);
    shelves
        .computeIfAbsent(row.origin.queue(), queue -> new HashMap<>())
        .computeIfAbsent(row.origin.handler(), handler -> new Shelf())
        .heap(row.origin.priority().level(), row.state == ExecutionState.PENDING)
        .add(row);
  }

  /** Takes a row out, if it is in. */
  void remove(Row row) {
    DueHeap.remove(row);
  }

  /** What a node can run of a queue. */
  List<Shelf> shelves(String queue, ClaimRequest request) {
    List<Shelf> found = new ArrayList<>();
    shelves
        .getOrDefault(queue, Map.of())
        .forEach(
            (handler, shelf) -> {
              if (request.handlers().contains(handler)) {
                found.add(shelf);
              }
            });
    return found;
  }

  /** Takes out the row that is to go first, or returns null if none is due. */
  @Nullable Row takeFirst(List<Shelf> from, ClaimRequest request) {
    for (int level = Priority.values().length - 1; level >= 0; level--) {
      Row first = null;
      for (Shelf shelf : from) {
        first = shelf.earlier(first, level, true, request.horizon());
        first = shelf.earlier(first, level, false, request.now());
      }
      if (first != null) {
        DueHeap.remove(first);
        return first;
      }
    }
    return null;
  }

  private static boolean goesBefore(Row a, Row b) {
    int byDue = a.dueAt.compareTo(b.dueAt);
    return byDue != 0 ? byDue < 0 : Order.UNSIGNED.compare(a.id, b.id) < 0;
  }

  /** What is due in a queue, whoever could run it; counts up to {@code most}. */
  QueueBacklog backlog(String queue, Instant now, int most) {
    int count = 0;
    Instant oldest = null;
    for (Shelf shelf : shelves.getOrDefault(queue, Map.of()).values()) {
      for (DueHeap heap : shelf.heaps) {
        Row first = heap.peek();
        if (first != null && !first.dueAt.isAfter(now)) {
          oldest = oldest == null || first.dueAt.isBefore(oldest) ? first.dueAt : oldest;
          count += heap.countDue(now, most - count);
        }
      }
    }
    return new QueueBacklog(queue, count, Optional.ofNullable(oldest), now);
  }

  /** The earliest due instant of what the node could run. */
  Optional<Instant> nextDue(ClaimRequest request) {
    Instant next = null;
    for (String queue : request.queues().keySet()) {
      for (Shelf shelf : shelves(queue, request)) {
        for (DueHeap heap : shelf.heaps) {
          Row row = heap.peek();
          if (row != null && (next == null || row.dueAt.isBefore(next))) {
            next = row.dueAt;
          }
        }
      }
    }
    return Optional.ofNullable(next);
  }
}
