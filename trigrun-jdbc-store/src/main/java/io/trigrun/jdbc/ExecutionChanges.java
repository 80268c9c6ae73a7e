package io.trigrun.jdbc;

import static io.trigrun.ExecutionState.RUNNING;
import static io.trigrun.ExecutionState.WAITING;

import io.trigrun.Attempt;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.Concurrency;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What one transaction does to executions, in three steps: lock and read all that is concerned, go
 * through the changes in order and in memory, write the outcome in a few batches. The number of
 * statements does not depend on the number of changes.
 */
final class ExecutionChanges {

  private final Transaction transaction;
  private final Rows rows;
  private final UniqueKeys keys;
  private final Slots slots;
  private final Wakes wakes;
  private final AttemptLog attempts;
  private final JournalLog journal;

  ExecutionChanges(Transaction transaction) {
    this.transaction = transaction;
    rows = new Rows(transaction);
    keys = new UniqueKeys(transaction);
    slots = new Slots(transaction, rows);
    wakes = new Wakes(transaction);
    attempts = new AttemptLog(transaction);
    journal = new JournalLog(transaction);
  }

  /** Step 1, for write sets alone. */
  void prepare(List<WriteSet> writes) throws SQLException {
    prepare(List.of(), writes);
  }

  /** Step 1: locks and reads what transitions and write sets are about. */
  void prepare(List<Transition> transitions, List<WriteSet> writes) throws SQLException {
    Set<UUID> ending = new HashSet<>();
    Set<UUID> concerned = new HashSet<>();
    List<NewExecution> enqueued = new ArrayList<>();
    for (WriteSet set : writes) {
      set.cancel().forEach(cancellation -> ending.add(cancellation.executionId()));
      enqueued.addAll(set.enqueue());
    }
    for (Transition transition : transitions) {
      (transition.state().isFinal() ? ending : concerned).add(transition.lease().executionId());
    }
    concerned.addAll(ending);
    rows.lock(concerned);
    loadJournal(transitions);
    // In the common case all is new, and the primary key says so without being asked, unless there
    // is one for each partition.
    boolean look = transaction.isRepeat() || transaction.dialect().worksInBulk();
    rows.note(look ? ids(enqueued.stream()) : enqueuedBefore(transitions));
    keys.load(enqueued);
    lockSlots(ending, enqueued);
    loadWakes(transitions);
  }

  /** Follow-ups of transitions that took effect before, whose acknowledgement was lost. */
  private List<UUID> enqueuedBefore(List<Transition> transitions) {
    return ids(
        transitions.stream()
            .filter(
                transition ->
                    isRepeated(transition)
                        || held(transition).filter(row -> row.state != RUNNING).isPresent())
            .flatMap(transition -> transition.followUps().enqueue().stream()));
  }

  private static List<UUID> ids(Stream<NewExecution> executions) {
    return executions.map(NewExecution::id).toList();
  }

  /** Of those that may end, even if they are only enqueued by the same batch. */
  private void lockSlots(Set<UUID> ending, List<NewExecution> enqueued) throws SQLException {
    Stream<NewExecution> present =
        ending.stream()
            .flatMap(id -> rows.find(id).stream())
            .filter(row -> row.state.isLive())
            .map(row -> row.origin);
    Stream<NewExecution> added =
        enqueued.stream().filter(execution -> ending.contains(execution.id()));
    slots.lock(
        Stream.concat(present, added)
            .flatMap(execution -> execution.concurrency().stream())
            .map(Concurrency::key)
            .toList());
  }

  private void loadJournal(List<Transition> transitions) throws SQLException {
    journal.load(
        transitions.stream()
            .filter(ExecutionChanges::bringsJournal)
            .filter(transition -> held(transition).isPresent())
            .toList());
  }

  private static boolean bringsJournal(Transition transition) {
    return transition.state() == RUNNING && !transition.journal().isEmpty();
  }

  /** Whether a transition that leaves its execution RUNNING took effect before. */
  boolean isRepeated(Transition transition) {
    return bringsJournal(transition) && journal.hasFirstOf(transition);
  }

  private void loadWakes(List<Transition> transitions) throws SQLException {
    wakes.load(
        transitions.stream()
            .filter(
                transition -> !transition.waitKeys().isEmpty() || !transition.consumed().isEmpty())
            .flatMap(transition -> held(transition).stream())
            .filter(row -> row.hasWakes)
            .map(row -> row.id)
            .distinct()
            .toList());
  }

  /** The row of a transition's lease, if the lease is the row's latest. */
  Optional<ExecutionRow> held(Transition transition) {
    return rows.find(transition.lease().executionId())
        .filter(row -> row.isHeldBy(transition.lease()));
  }

  /** Step 2: the outcome of an attempt. */
  void apply(ExecutionRow row, Transition transition) throws SQLException {
    transition.record().ifPresent(attempt -> record(row, transition, attempt));
    journal.append(row.id, transition.journal());
    wakes.consume(row.id, transition.consumed());
    boolean woken = transition.state() == WAITING && wakes.isWoken(row.id, transition.waitKeys());
    row.apply(transition, woken);
    ended(row);
    rows.changed(row);
  }

  /** The attempt that ends an execution lies in its row: most executions need no other. */
  private void record(ExecutionRow row, Transition transition, Attempt attempt) {
    if (transition.state().isFinal()) {
      row.lastAttempt = AttemptText.write(transition.lease(), attempt);
    } else {
      attempts.append(transition.lease(), attempt);
    }
  }

  /** Step 2: the cancellations of a set. Returns whom they ended. */
  List<UUID> cancel(List<Cancellation> cancellations) throws SQLException {
    List<UUID> cancelled = new ArrayList<>();
    for (Cancellation cancellation : cancellations) {
      Optional<ExecutionRow> row =
          rows.find(cancellation.executionId()).filter(found -> found.state.isLive());
      if (row.isPresent()) {
        row.get().cancel(cancellation);
        ended(row.get());
        rows.changed(row.get());
        cancelled.add(row.get().id);
      }
    }
    return cancelled;
  }

  /** Step 2: what is new. */
  List<Enqueued> enqueue(List<NewExecution> executions) {
    return executions.stream().map(this::enqueue).toList();
  }

  /** What became of executions that a write enqueued whose acknowledgement was lost. */
  List<Enqueued> recall(List<NewExecution> executions) {
    return executions.stream().map(this::recall).toList();
  }

  private Enqueued recall(NewExecution execution) {
    UUID id = execution.id();
    UUID holder = rows.exists(id) ? id : keys.holder(execution).orElse(id);
    return new Enqueued(holder, !holder.equals(id));
  }

  private Enqueued enqueue(NewExecution execution) {
    if (rows.exists(execution.id())) {
      return new Enqueued(execution.id(), false);
    }
    Optional<UUID> holder = keys.take(execution);
    if (holder.isPresent()) {
      return new Enqueued(holder.get(), !holder.get().equals(execution.id()));
    }
    rows.add(new ExecutionRow(execution));
    return new Enqueued(execution.id(), false);
  }

  private void ended(ExecutionRow row) throws SQLException {
    if (row.state.isFinal()) {
      slots.leave(row);
      keys.release(row);
    }
  }

  /** Step 3: writes it all. */
  void save() throws SQLException {
    rows.save();
    attempts.save();
    journal.save();
    wakes.save();
    slots.save();
  }
}
