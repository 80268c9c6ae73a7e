package io.trigrun.memory;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.RUNNING;
import static io.trigrun.ExecutionState.WAITING;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Page;
import io.trigrun.QueueBacklog;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.ClaimedExecution.Reason;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.Lease;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.PurgeRequest;
import io.trigrun.spi.Transition;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WakeResult;
import io.trigrun.spi.WakeUp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** All executions and the state machine that they follow. Callers hold the store's lock. */
final class ExecutionTable {

  private record Taken(String workspace, String key) {}

  private final Map<UUID, Row> rows = new HashMap<>();

  /** Those of the rows that are RUNNING: few, so that finding a lease meets warm memory. */
  private final Map<UUID, Row> running = new HashMap<>();

  private final Map<Taken, Row> uniqueKeys = new HashMap<>();
  private final DueIndex due = new DueIndex();
  private final Slots slots = new Slots();
  private final CreationLog log = new CreationLog();
  private Instant newlyDue = Instant.MAX;

  Enqueued enqueue(NewExecution execution) {
    Row row = new Row(execution);
    if (rows.putIfAbsent(row.id, row) != null) {
      return new Enqueued(row.id, false);
    }
    if (execution.uniqueKey().isPresent()) {
      Row holder = uniqueKeys.putIfAbsent(taken(row.origin), row);
      if (holder != null) {
        rows.remove(row.id);
        return new Enqueued(holder.id, true);
      }
    }
    log.add(row);
    putDue(row);
    return new Enqueued(row.id, false);
  }

  /** What became of an execution that was enqueued by a write whose acknowledgement was lost. */
  Enqueued recall(NewExecution execution) {
    Row holder =
        rows.containsKey(execution.id()) || execution.uniqueKey().isEmpty()
            ? null
            : uniqueKeys.get(taken(execution));
    return holder == null ? new Enqueued(execution.id(), false) : new Enqueued(holder.id, true);
  }

  Claim claim(ClaimRequest request, long revision) {
    List<ClaimedExecution> claimed = new ArrayList<>();
    boolean full = false;
    for (Map.Entry<String, Integer> queue : request.queues().entrySet()) {
      List<DueIndex.Shelf> shelves = due.shelves(queue.getKey(), request);
      int room = queue.getValue();
      while (room > 0) {
        Row row = due.takeFirst(shelves, request);
        if (row == null) {
          break;
        }
        if (slots.take(row)) {
          claimed.add(claim(row, request));
          room--;
        }
      }
      full |= room == 0;
    }
    return new Claim(claimed, full ? Optional.empty() : due.nextDue(request), revision);
  }

  QueueBacklog backlog(String queue, Instant now, int most) {
    return due.backlog(queue, now, most);
  }

  private ClaimedExecution claim(Row row, ClaimRequest request) {
    Reason reason =
        switch (row.state) {
          case RUNNING -> Reason.LEASE_EXPIRED;
          case WAITING -> Reason.WAIT_EXPIRED;
          default -> Reason.DUE;
        };
    Instant dueAt = row.dueAt;
    if (!row.woken && reason != Reason.WAIT_EXPIRED) {
      row.attempt++;
    }
    row.woken = false;
    row.lease++;
    row.attemptsBefore = row.attempts.size();
    row.node = request.node();
    row.waitKeys = Set.of();
    if (row.startedAt == null) {
      row.startedAt = request.now();
    }
    move(row, RUNNING, request.leaseUntil());
    return new ClaimedExecution(
        row.snapshot(), reason, dueAt, row.openWakeUps(), Optional.ofNullable(row.turn));
  }

  /** The row of a lease, if the lease is the row's latest. */
  Optional<Row> held(Lease lease) {
    Row row = running.get(lease.executionId());
    if (row == null) {
      row = rows.get(lease.executionId());
    }
    return row != null && row.lease == lease.number() ? Optional.of(row) : Optional.empty();
  }

  void apply(Row row, Transition transition) {
    row.attempt = transition.attempt();
    transition.record().ifPresent(row::append);
    transition.journal().forEach(row::append);
    row.output = transition.output().orElse(row.output);
    row.failure = transition.failure().orElse(null);
    row.checkpoint = transition.checkpoint().orElse(row.checkpoint);
    row.progress = transition.progress().orElse(row.progress);
    transition.consumed().forEach(row::consume);
    row.waitKeys = transition.waitKeys();
    row.turn = transition.turn().orElse(null);
    if (transition.state() == WAITING && row.isWokenFor(transition.waitKeys())) {
      row.woken = true;
      move(row, PENDING, transition.at());
    } else if (transition.state().isFinal()) {
      finish(row, transition.state(), transition.at());
    } else if (transition.state() == RUNNING) {
      // A repeated or overtaken checkpoint must not undo an extension of the lease.
      move(row, RUNNING, transition.dueAt().isAfter(row.dueAt) ? transition.dueAt() : row.dueAt);
    } else {
      move(row, transition.state(), transition.dueAt());
    }
  }

  boolean cancel(Cancellation cancellation) {
    Row row = rows.get(cancellation.executionId());
    if (row == null || row.state.isFinal()) {
      return false;
    }
    row.lease++;
    row.failure = cancellation.reason();
    finish(row, CANCELLED, cancellation.at());
    return true;
  }

  boolean extend(Lease lease, Instant until) {
    Optional<Row> row = held(lease).filter(held -> held.state == RUNNING);
    row.ifPresent(held -> move(held, RUNNING, until.truncatedTo(ChronoUnit.MICROS)));
    return row.isPresent();
  }

  WakeResult wake(WakeUp wakeUp) {
    Row row = rows.get(wakeUp.executionId());
    if (row == null) {
      return new WakeResult.Unknown();
    }
    Wake winner = row.wakes.get(wakeUp.waitKey());
    if (winner != null) {
      return new WakeResult.Lost(winner.wakeUp());
    }
    if (row.state.isFinal()) {
      return new WakeResult.Ended(row.state);
    }
    row.remember(new Wake(wakeUp, false));
    if (row.state != WAITING || !row.waitKeys.contains(wakeUp.waitKey())) {
      return new WakeResult.Kept();
    }
    row.woken = true;
    move(row, PENDING, wakeUp.at());
    return new WakeResult.Woken();
  }

  boolean revive(UUID executionId, Instant dueAt) {
    Row row = rows.get(executionId);
    if (row == null || row.state.isLive()) {
      return false;
    }
    if (row.origin.uniqueKey().isPresent()) {
      Row holder = uniqueKeys.putIfAbsent(taken(row.origin), row);
      if (holder != null && holder != row) {
        return false;
      }
    }
    row.attempt = 0;
    row.woken = false;
    row.finishedAt = null;
    row.failure = null;
    row.node = null;
    row.turn = null;
    move(row, PENDING, dueAt.truncatedTo(ChronoUnit.MICROS));
    return true;
  }

  private void move(Row row, ExecutionState state, Instant dueAt) {
    row.state = state;
    row.dueAt = dueAt;
    if (state == RUNNING) {
      running.put(row.id, row);
    } else {
      running.remove(row.id);
    }
    putDue(row);
  }

  private void putDue(Row row) {
    due.put(row);
    if (row.state == PENDING && row.dueAt.isBefore(newlyDue)) {
      newlyDue = row.dueAt;
    }
  }

  /** The earliest due instant of what has become PENDING or free to go since the last call. */
  Optional<Instant> takeNewlyDue() {
    Optional<Instant> taken =
        newlyDue.equals(Instant.MAX) ? Optional.empty() : Optional.of(newlyDue);
    newlyDue = Instant.MAX;
    return taken;
  }

  private void finish(Row row, ExecutionState state, Instant at) {
    // First of all: who waits for a slot is ordered by the due instant.
    List<Row> next = slots.leave(row);
    due.remove(row);
    running.remove(row.id);
    row.state = state;
    row.dueAt = at;
    row.finishedAt = at;
    row.origin
        .uniqueKey()
        .filter(key -> key.scope() == UniqueKey.Scope.WHILE_LIVE)
        .ifPresent(key -> uniqueKeys.remove(taken(row.origin), row));
    next.forEach(this::putDue);
  }

  List<Execution> find(Collection<UUID> ids) {
    return ids.stream()
        .distinct()
        .map(rows::get)
        .filter(Objects::nonNull)
        .map(Row::snapshot)
        .toList();
  }

  Page<Execution> list(ExecutionQuery query) {
    return log.list(query);
  }

  List<Attempt> attempts(UUID executionId) {
    Row row = rows.get(executionId);
    return row == null ? List.of() : List.copyOf(row.attempts);
  }

  List<JournalEntry> journal(UUID executionId) {
    Row row = rows.get(executionId);
    return row == null
        ? List.of()
        : row.journal.entrySet().stream()
            .map(entry -> new JournalEntry(entry.getKey(), entry.getValue()))
            .toList();
  }

  List<WakeUp> wakeUps(UUID executionId) {
    Row row = rows.get(executionId);
    return row == null ? List.of() : row.openWakeUps();
  }

  Optional<WakeUp> winner(UUID executionId, String waitKey) {
    return Optional.ofNullable(rows.get(executionId))
        .flatMap(row -> Optional.ofNullable(row.wakes.get(waitKey)))
        .map(Wake::wakeUp);
  }

  int purge(PurgeRequest request) {
    Collection<Row> doomed = log.earliestFinished(request);
    for (Row row : doomed) {
      row.purged = true;
      rows.remove(row.id);
      if (row.origin.uniqueKey().isPresent()) {
        uniqueKeys.remove(taken(row.origin), row);
      }
    }
    log.dropPurged();
    return doomed.size();
  }

  private static Taken taken(NewExecution execution) {
    return new Taken(
        execution.workspace(), execution.uniqueKey().map(UniqueKey::value).orElseThrow());
  }
}
