package io.trigrun.jdbc;

import io.trigrun.spi.Applied;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.Transition;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * What is written in bulk in no transaction of the host: by one statement without a transaction
 * around it where that will do. What threads bring one by one goes together.
 */
final class BulkWrites {

  /** More calls at once would be smaller ones. */
  private static final int ENQUEUES_AT_ONCE = 2;

  private static final int ENDS_AT_ONCE = 3;

  /** So many with a key go by themselves, at once: alone, that is the shorter way. */
  private static final int KEYED_BY_THEMSELVES = 2;

  /** How long those who go together wait for a key that somebody's transaction may have taken. */
  private static final String PATIENCE = "SET LOCAL lock_timeout = '50ms'";

  private static final String OUT_OF_PATIENCE = "55P03";

  /** In characters: with longer texts a call of its own matters little. */
  private static final int LONGEST_SHARED = 10_000;

  private final Database database;
  private final boolean endsEach;
  private final SharedCalls<NewExecution, Enqueued> singleEnqueues;
  private final SharedCalls<NewExecution, Optional<Enqueued>> keyedEnqueues;
  private final Semaphore byThemselves = new Semaphore(KEYED_BY_THEMSELVES);
  private final SharedCalls<Transition, Boolean> singleEnds;

  /**
   * @param endsEach whether the procedure for this can be used
   */
  BulkWrites(Database database, boolean endsEach) {
    this.database = database;
    this.endsEach = endsEach;
    this.singleEnqueues = new SharedCalls<>(ENQUEUES_AT_ONCE, this::enqueueTogether);
    this.keyedEnqueues = new SharedCalls<>(ENQUEUES_AT_ONCE, this::enqueueUnlessHeldUp);
    this.singleEnds =
        new SharedCalls<>(
            ENDS_AT_ONCE,
            ends -> database.runUnframed(transaction -> BulkFinish.runEach(transaction, ends)));
  }

  List<Enqueued> enqueue(List<NewExecution> executions) {
    if (executions.size() != 1 || executions.get(0).payload().length() > LONGEST_SHARED) {
      return enqueueTogether(executions);
    }
    NewExecution one = executions.get(0);
    return List.of(one.uniqueKey().isEmpty() ? singleEnqueues.run(one) : enqueueKeyed(one));
  }

  private List<Enqueued> enqueueTogether(List<NewExecution> executions) {
    return database.runStatement(transaction -> new BulkEnqueue(transaction).run(executions));
  }

  private Enqueued enqueueKeyed(NewExecution one) {
    if (byThemselves.tryAcquire()) {
      try {
        return enqueueTogether(List.of(one)).get(0);
      } finally {
        byThemselves.release();
      }
    }
    return keyedEnqueues.run(one).orElseGet(() -> enqueueTogether(List.of(one)).get(0));
  }

  /**
   * Whoever wants a key that a transaction of the host has taken has to wait until it ends, however
   * long that is; those who have only come along with him must not.
   *
   * @return empty for each that has to go by itself
   */
  private List<Optional<Enqueued>> enqueueUnlessHeldUp(List<NewExecution> executions) {
    return database.run(
        transaction -> {
          transaction.execute(PATIENCE, Transaction.Binding.NONE);
          try {
            return new BulkEnqueue(transaction).run(executions).stream().map(Optional::of).toList();
          } catch (SQLException e) {
            if (!OUT_OF_PATIENCE.equals(e.getSQLState())) {
              throw e;
            }
            transaction.undo();
            return Collections.nCopies(executions.size(), Optional.empty());
          }
        });
  }

  List<Applied> apply(List<Transition> transitions) {
    return BulkApply.isOneStatement(transitions)
        ? applyInOneStatement(transitions)
        : database.run(transaction -> BulkApply.run(transaction, transitions));
  }

  /** What it leaves alone takes a transaction after all. */
  private List<Applied> applyInOneStatement(List<Transition> transitions) {
    Set<UUID> done = new HashSet<>(runStatement(transitions));
    List<Transition> keeping = BulkFinish.suitableWithKeys(BulkFinish.without(done, transitions));
    if (!keeping.isEmpty()) {
      done.addAll(
          database.runStatement(transaction -> BulkFinish.runKeepingKeys(transaction, keeping)));
    }
    List<Transition> rest = BulkFinish.without(done, transitions);
    Iterator<Applied> others =
        (rest.isEmpty()
                ? List.<Applied>of()
                : database.run(transaction -> ApplyOperation.run(transaction, rest)))
            .iterator();
    return transitions.stream()
        .map(
            one ->
                done.contains(one.lease().executionId())
                    ? new Applied.Done(List.of())
                    : others.next())
        .toList();
  }

  private Set<UUID> runStatement(List<Transition> transitions) {
    if (!transitions.get(0).state().isFinal()) {
      return database.runStatement(transaction -> BulkBoundary.run(transaction, transitions));
    }
    return endsEach && transitions.size() == 1 && maySetOutWithOthers(transitions.get(0))
        ? endSingly(transitions.get(0))
        : database.runStatement(transaction -> BulkFinish.run(transaction, transitions));
  }

  private static boolean maySetOutWithOthers(Transition end) {
    return !BulkJournal.isNeeded(end)
        && end.output().map(String::length).orElse(0) <= LONGEST_SHARED
        && end.checkpoint().map(String::length).orElse(0) <= LONGEST_SHARED;
  }

  private Set<UUID> endSingly(Transition transition) {
    return singleEnds.run(transition) ? Set.of(transition.lease().executionId()) : Set.of();
  }
}
