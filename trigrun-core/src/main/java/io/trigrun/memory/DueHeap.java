package io.trigrun.memory;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows by due instant, then by id. A row that leaves is not removed but outdated ({@link
 * Row#stamp}) and dropped when it surfaces or when more than half of the heap is outdated, so that
 * a cancel or a lease extension costs no search. Due instants lie in an array of their own, because
 * most comparisons need nothing else and a million rows do not fit a cache.
 */
final class DueHeap {

  private static final int ARITY = 4;

  private long[] due = new long[16];
  private int[] stamps = new int[16];
  private @Nullable Row[] rows = new Row[16];
  private int size;
  private int live;

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  /** Adds a row, which must not be in any heap. */
  void add(Row row) {
    row.heap = this;
    live++;
    if (size == due.length) {
      due = Arrays.copyOf(due, size * 2);
      stamps = Arrays.copyOf(stamps, size * 2);
      rows = Arrays.copyOf(rows, size * 2);
    }
    siftUp(size++, micros(row.dueAt), row.stamp, row);
  }

  /** The earliest row, or null. */
  @Nullable Row peek() {
    while (size > 0) {
      Row row = at(0);
      if (row.stamp == stamps[0]) {
        return row;
      }
      dropRoot();
    }
    return null;
  }

  /**
   * How many rows are due, of which no more than {@code most} are counted. Looks at nothing else:
   * what is below a row that is not due is not due, either.
   */
  int countDue(Instant limit, int most) {
    long latest = micros(limit);
    int found = 0;
    int[] open = new int[64];
    int depth = 0;
    if (size > 0) {
      open[depth++] = 0;
    }
    while (depth > 0 && found < most) {
      int index = open[--depth];
      if (due[index] > latest) {
        continue;
      }
      if (at(index).stamp == stamps[index]) {
        found++;
      }
      int first = index * ARITY + 1;
      for (int child = first; child < Math.min(first + ARITY, size); child++) {
        if (depth == open.length) {
          open = Arrays.copyOf(open, depth * 2);
        }
        open[depth++] = child;
      }
    }
    return found;
  }

  /** Takes a row out of the heap it is in. */
  static void remove(Row row) {
    DueHeap heap = row.heap;
    if (heap == null) {
      return;
    }
    row.heap = null;
    row.stamp++;
    heap.live--;
    if (heap.size > 2 * heap.live + 64) {
      heap.sweep();
    }
  }

  private void sweep() {
    int count = size;
    size = 0;
    for (int i = 0; i < count; i++) {
      Row row = at(i);
      int stamp = stamps[i];
      long dueAt = due[i];
      rows[i] = null;
      if (row.stamp == stamp) {
        // Appended in the old order, which is nearly heap order: hardly anything moves.
        siftUp(size++, dueAt, stamp, row);
      }
    }
  }

  private void dropRoot() {
    size--;
    Row last = at(size);
    long lastDue = due[size];
    int lastStamp = stamps[size];
    rows[size] = null;
    if (size > 0) {
      siftDown(lastDue, lastStamp, last);
    }
  }

  private void siftUp(int start, long dueAt, int stamp, Row row) {
    int index = start;
    while (index > 0) {
      int parent = (index - 1) / ARITY;
      if (!isBefore(dueAt, row, parent)) {
        break;
      }
      move(parent, index);
      index = parent;
    }
    put(index, dueAt, stamp, row);
  }

  private void siftDown(long dueAt, int stamp, Row row) {
    int index = 0;
    while (true) {
      int first = index * ARITY + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      for (int child = first + 1; child < Math.min(first + ARITY, size); child++) {
        if (isBefore(child, least)) {
          least = child;
        }
      }
      if (isBefore(dueAt, row, least)) {
        break;
      }
      move(least, index);
      index = least;
    }
    put(index, dueAt, stamp, row);
  }

  private boolean isBefore(long dueAt, Row row, int index) {
    return dueAt != due[index]
        ? dueAt < due[index]
        : Order.UNSIGNED.compare(row.id, at(index).id) < 0;
  }

  /** Among children: touches no row unless the instants are equal. */
  private boolean isBefore(int a, int b) {
    return due[a] != due[b] ? due[a] < due[b] : Order.UNSIGNED.compare(at(a).id, at(b).id) < 0;
  }

  private Row at(int index) {
    Row row = rows[index];
    if (row == null) {
      throw new IllegalStateException("expected a row at " + index + " of " + size + ", got none");
    }
    return row;
  }

  private void move(int from, int to) {
    put(to, due[from], stamps[from], at(from));
  }

  private void put(int index, long dueAt, int stamp, Row row) {
    due[index] = dueAt;
    stamps[index] = stamp;
    rows[index] = row;
  }
}
