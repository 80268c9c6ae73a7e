package io.trigrun.jdbc;

import io.trigrun.jdbc.Lanes.Lane;
import io.trigrun.spi.Concurrency;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who has begun and not ended, by concurrency key. A row that finds no slot is blocked: claims do
 * not see it until the end of another row frees a slot and unblocks the first of each lane.
 */
final class Slots {

  private static final String LOCK =
      """
      SELECT slot_key, taken, lanes FROM trigrun_slot
      WHERE slot_key = ANY (?) ORDER BY slot_key FOR UPDATE
      """;

  private static final String INSERT =
      "INSERT INTO trigrun_slot (taken, lanes, slot_key) VALUES (?, ?, ?)";

  private static final String UPDATE =
      "UPDATE trigrun_slot SET taken = ?, lanes = ? WHERE slot_key = ?";

  private static final String DELETE = "DELETE FROM trigrun_slot WHERE slot_key = ?";

  private static final String FIRST_BLOCKED =
      """
      SELECT id FROM trigrun_execution
      WHERE blocked_key = ? AND queue = ? AND handler = ? AND priority = ?
        AND concurrency_limit = ?
      ORDER BY blocked_key, queue, handler, priority, concurrency_limit, due_at, id LIMIT ?
      """;

  private static final class Slot {
    final String key;
    final boolean stored;
    int taken;
    final Lanes blocked;
    boolean changed;

    Slot(String key, boolean stored, int taken, Lanes blocked) {
      this.key = key;
      this.stored = stored;
      this.taken = taken;
      this.blocked = blocked;
    }

    boolean isEmpty() {
      return taken == 0 && blocked.isEmpty();
    }
  }

  private final Transaction transaction;
  private final Rows rows;
  private final Map<String, Slot> slots = new HashMap<>();

  Slots(Transaction transaction, Rows rows) {
    this.transaction = transaction;
    this.rows = rows;
  }

  /** Locks the slots of the keys. Must come before the rows of these keys take or leave them. */
  void lock(Collection<String> keys) throws SQLException {
    Set<String> unread = new LinkedHashSet<>(keys);
    unread.removeAll(slots.keySet());
    if (unread.isEmpty()) {
      return;
    }
    transaction
        .query(
            LOCK,
            parameters -> parameters.texts(unread),
            columns ->
                new Slot(columns.text(), true, columns.integer(), Lanes.parse(columns.text())))
        .forEach(slot -> slots.put(slot.key, slot));
    unread.forEach(key -> slots.computeIfAbsent(key, k -> new Slot(k, false, 0, new Lanes())));
  }

  /** Takes a slot for a row, or blocks it. */
  boolean take(ExecutionRow row) {
    Optional<Concurrency> limit = row.origin.concurrency();
    if (limit.isEmpty() || row.holdsSlot) {
      return true;
    }
    Slot slot = slot(limit.get().key());
    slot.changed = true;
    if (slot.taken >= limit.get().limit()) {
      slot.blocked.add(Lane.of(row));
      row.blocked = true;
      return false;
    }
    slot.taken++;
    row.holdsSlot = true;
    return true;
  }

  /** A row has ended: frees its slot, and lets the first of each lane of the key try its luck. */
  void leave(ExecutionRow row) throws SQLException {
    if (row.concurrencyKey().isEmpty()) {
      return;
    }
    Slot slot = slot(row.concurrencyKey().get());
    if (row.blocked) {
      unblock(slot, row);
    }
    if (row.holdsSlot) {
      row.holdsSlot = false;
      slot.taken--;
      slot.changed = true;
    }
    for (Lane lane : slot.blocked.withRoom(slot.taken)) {
      unblockFirst(slot, lane);
    }
  }

  private void unblockFirst(Slot slot, Lane lane) throws SQLException {
    // The database still shows as blocked what this transaction has unblocked but not yet saved.
    Set<UUID> unblocked =
        rows.all().stream()
            .filter(row -> !row.blocked)
            .filter(row -> row.concurrencyKey().filter(slot.key::equals).isPresent())
            .map(row -> row.id)
            .collect(Collectors.toSet());
    Optional<UUID> first =
        blocked(slot, lane, unblocked.size() + 1).stream()
            .filter(id -> !unblocked.contains(id))
            .findFirst();
    if (first.isPresent()) {
      rows.lock(List.of(first.get()));
      rows.find(first.get()).filter(row -> row.blocked).ifPresent(row -> unblock(slot, row));
    }
  }

  private List<UUID> blocked(Slot slot, Lane lane, int limit) throws SQLException {
    return transaction.query(
        FIRST_BLOCKED,
        parameters ->
            parameters
                .text(slot.key)
                .text(lane.queue())
                .text(lane.handler())
                .number(lane.priority())
                .number(lane.limit())
                .number(limit),
        Columns::id);
  }

  private void unblock(Slot slot, ExecutionRow row) {
    row.blocked = false;
    slot.blocked.remove(Lane.of(row));
    slot.changed = true;
    rows.changed(row);
  }

  void save() throws SQLException {
    List<Slot> inserts = new ArrayList<>();
    List<Slot> updates = new ArrayList<>();
    List<Slot> deletes = new ArrayList<>();
    for (Slot slot : slots.values()) {
      if (slot.changed && slot.stored) {
        (slot.isEmpty() ? deletes : updates).add(slot);
      } else if (slot.changed && !slot.isEmpty()) {
        inserts.add(slot);
      }
    }
    transaction.batch(INSERT, inserts, Slots::bind);
    transaction.batch(UPDATE, updates, Slots::bind);
    transaction.batch(DELETE, deletes, (parameters, slot) -> parameters.text(slot.key));
  }

  private static void bind(Parameters parameters, Slot slot) throws SQLException {
    parameters.number(slot.taken).text(slot.blocked.text()).text(slot.key);
  }

  private Slot slot(String key) {
    @Nullable Slot slot = slots.get(key);
    if (slot == null) {
      throw new IllegalStateException("expected the slot of " + key + " to be locked, it is not");
    }
    return slot;
  }
}
