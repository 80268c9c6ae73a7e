package io.trigrun.memory;

import io.trigrun.Priority;
import io.trigrun.spi.Concurrency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who has begun and not ended, by concurrency key, and who waits for a slot. A row that finds no
 * slot leaves the due index and comes back when one is freed, so that a long queue behind a limit
 * costs claims nothing.
 */
final class Slots {

  private static final Comparator<Row> FIRST_TO_GO =
      Comparator.comparing((Row row) -> row.dueAt).thenComparing(row -> row.id, Order.UNSIGNED);

  /**
   * Rows that only differ in when they are due. A freed slot calls back the first of each lane: no
   * lane may wait behind a row that its own nodes can't run, that is not due for them yet or that
   * has a smaller limit.
   */
  private record Lane(String queue, String handler, Priority priority, int limit) {}

  private static final class Slot {
    int taken;
    final Map<Lane, TreeSet<Row>> blocked = new HashMap<>(2);
  }

  private final Map<String, Slot> slots = new HashMap<>();

  /** Takes a slot for a row, or makes the row wait for one. */
  boolean take(Row row) {
    Optional<Concurrency> limit = row.origin.concurrency();
    if (limit.isEmpty() || row.holdsSlot) {
      return true;
    }
    Slot slot = slots.computeIfAbsent(limit.get().key(), key -> new Slot());
    if (slot.taken >= limit.get().limit()) {
      slot.blocked
          .computeIfAbsent(lane(row, limit.get()), lane -> new TreeSet<>(FIRST_TO_GO))
          .add(row);
      return false;
    }
    slot.taken++;
    row.holdsSlot = true;
    return true;
  }

  /**
   * A row ends: frees its slot, or its place in the line for one, and returns the rows that may try
   * their luck now. To be called before its due instant changes, by which it is found.
   */
  List<Row> leave(Row row) {
    Concurrency limit = row.origin.concurrency().orElse(null);
    Slot slot = limit == null ? null : slots.get(limit.key());
    if (limit == null || slot == null) {
      return List.of();
    }
    if (row.holdsSlot) {
      row.holdsSlot = false;
      slot.taken--;
    } else {
      slot.blocked.computeIfPresent(
          lane(row, limit),
          (lane, rows) -> {
            rows.remove(row);
            return rows.isEmpty() ? null : rows;
          });
    }
    List<Row> next = callBack(slot);
    if (slot.taken == 0 && slot.blocked.isEmpty()) {
      slots.remove(limit.key());
    }
    return next;
  }

  private static List<Row> callBack(Slot slot) {
    List<Row> next = new ArrayList<>(slot.blocked.size());
    slot.blocked
        .entrySet()
        .removeIf(
            lane -> {
              if (lane.getKey().limit() <= slot.taken) {
                return false;
              }
              next.add(lane.getValue().first());
              lane.getValue().pollFirst();
              return lane.getValue().isEmpty();
            });
    return next;
  }

  private static Lane lane(Row row, Concurrency limit) {
    return new Lane(row.origin.queue(), row.origin.handler(), row.origin.priority(), limit.limit());
  }
}
