package io.trigrun.memory;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Page;
import io.trigrun.QueueBacklog;
import io.trigrun.StoreSession;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DueListener;
import io.trigrun.spi.DueListeners;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.Lease;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.PurgeRequest;
import io.trigrun.spi.RateReservation;
import io.trigrun.spi.Subscription;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WakeResult;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Keeps everything in the heap and loses it with the process. One lock makes every operation
 * atomic; all are short. Several {@code TrigRun}s of one process may share an instance and then
 * behave as the nodes of a cluster.
 */
public final class InMemoryJobStore implements JobStore {

  private final Object lock = new Object();
  private final DefinitionTable definitions = new DefinitionTable();
  private final ExecutionTable executions = new ExecutionTable();
  private final RateTable rates = new RateTable();
  private final DueListeners listeners = new DueListeners();

  /** An empty store. */
  public InMemoryJobStore() {}

  @Override
  public WriteResult write(StoreSession session, WriteSet writes) {
    requireOwn(session);
    return changing(() -> writeAll(writes));
  }

  private WriteResult writeAll(WriteSet writes) {
    Optional<Conflict> conflict = definitions.write(writes.definitions());
    if (conflict.isPresent()) {
      return new WriteResult.Refused(conflict.get());
    }
    List<UUID> cancelled = new ArrayList<>(writes.cancel().size());
    List<Enqueued> enqueued = writeExecutions(writes, cancelled);
    return new WriteResult.Stored(enqueued, cancelled);
  }

  /** Does it under the lock, and then tells what is due by it. */
  private <T> T changing(Supplier<T> change) {
    T result;
    Optional<Instant> due;
    synchronized (lock) {
      result = change.get();
      due = executions.takeNewlyDue();
    }
    due.ifPresent(listeners::tell);
    return result;
  }

  private static void requireOwn(StoreSession session) {
    if (session != StoreSession.own()) {
      throw new IllegalArgumentException(
          "expected StoreSession.own(), got "
              + session.getClass().getSimpleName()
              + ": the in-memory store can't join a transaction; use a JdbcJobStore for that");
    }
  }

  private List<Enqueued> writeExecutions(WriteSet writes, List<UUID> cancelled) {
    for (Cancellation cancellation : writes.cancel()) {
      if (executions.cancel(cancellation)) {
        cancelled.add(cancellation.executionId());
      }
    }
    List<Enqueued> enqueued = new ArrayList<>(writes.enqueue().size());
    for (NewExecution execution : writes.enqueue()) {
      enqueued.add(executions.enqueue(execution));
    }
    return enqueued;
  }

  @Override
  public List<Applied> apply(StoreSession session, List<Transition> transitions) {
    requireOwn(session);
    return changing(() -> transitions.stream().map(this::apply).toList());
  }

  private Applied apply(Transition transition) {
    Optional<Row> row = executions.held(transition.lease());
    if (row.isEmpty()) {
      return new Applied.LeaseLost();
    }
    WriteSet followUps = transition.followUps();
    if (row.get().state != ExecutionState.RUNNING) {
      // Only its own transition ends a lease without a higher number: this is that one, repeated.
      return new Applied.Done(followUps.enqueue().stream().map(executions::recall).toList());
    }
    if (transition.state() == ExecutionState.RUNNING
        && row.get().hasFirstOf(transition.journal())) {
      return new Applied.Done(followUps.enqueue().stream().map(executions::recall).toList());
    }
    Optional<Conflict> conflict = definitions.write(followUps.definitions());
    if (conflict.isPresent()) {
      return new Applied.Refused(conflict.get());
    }
    executions.apply(row.get(), transition);
    return new Applied.Done(writeExecutions(followUps, new ArrayList<>()));
  }

  @Override
  public Claim claim(ClaimRequest request) {
    synchronized (lock) {
      return executions.claim(request, definitions.revision());
    }
  }

  @Override
  public List<Lease> extendLeases(List<Lease> leases, Instant until) {
    synchronized (lock) {
      return leases.stream().filter(lease -> !executions.extend(lease, until)).toList();
    }
  }

  @Override
  public WakeResult wake(WakeUp wakeUp) {
    return changing(() -> executions.wake(wakeUp));
  }

  @Override
  public boolean revive(UUID executionId, Instant dueAt) {
    return changing(() -> executions.revive(executionId, dueAt));
  }

  @Override
  public List<Instant> reserve(List<RateReservation> reservations) {
    synchronized (lock) {
      return rates.reserve(reservations);
    }
  }

  @Override
  public List<Execution> findExecutions(Collection<UUID> ids) {
    synchronized (lock) {
      return executions.find(ids);
    }
  }

  @Override
  public Page<Execution> listExecutions(ExecutionQuery query) {
    synchronized (lock) {
      return executions.list(query);
    }
  }

  @Override
  public List<Attempt> attempts(UUID executionId) {
    synchronized (lock) {
      return executions.attempts(executionId);
    }
  }

  @Override
  public List<JournalEntry> journal(UUID executionId) {
    synchronized (lock) {
      return executions.journal(executionId);
    }
  }

  @Override
  public List<WakeUp> wakeUps(UUID executionId) {
    synchronized (lock) {
      return executions.wakeUps(executionId);
    }
  }

  @Override
  public Optional<WakeUp> winner(UUID executionId, String waitKey) {
    synchronized (lock) {
      return executions.winner(executionId, waitKey);
    }
  }

  @Override
  public int purge(PurgeRequest request) {
    synchronized (lock) {
      return executions.purge(request);
    }
  }

  @Override
  public List<Definition> findDefinitions(Collection<UUID> ids) {
    synchronized (lock) {
      return definitions.find(ids);
    }
  }

  @Override
  public Optional<Definition> findDefinitionByName(String workspace, String kind, String name) {
    synchronized (lock) {
      return definitions.findByName(workspace, kind, name);
    }
  }

  @Override
  public Optional<Definition> findDefinitionByKey(String kind, String lookupKey) {
    synchronized (lock) {
      return definitions.findByKey(kind, lookupKey);
    }
  }

  @Override
  public Page<Definition> listDefinitions(DefinitionQuery query) {
    synchronized (lock) {
      return definitions.list(query);
    }
  }

  @Override
  public long revision() {
    synchronized (lock) {
      return definitions.revision();
    }
  }

  @Override
  public List<QueueBacklog> backlog(Collection<String> queues, Instant now, int most) {
    Instant cut = now.truncatedTo(ChronoUnit.MICROS);
    synchronized (lock) {
      return queues.stream().map(queue -> executions.backlog(queue, cut, most)).toList();
    }
  }

  @Override
  public Subscription subscribe(DueListener listener) {
    return listeners.subscribe(listener);
  }

  @Override
  public void close() {
    // Nothing is held but memory; a closed store stays readable, which tests like.
  }
}
