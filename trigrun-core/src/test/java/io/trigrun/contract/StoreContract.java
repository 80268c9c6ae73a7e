package io.trigrun.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all topics of the contract share: a fresh store for each test, and short words for it. */
public abstract class StoreContract {

  /** The present of all tests. No test reads a clock. */
  protected static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  /** When the leases end that {@link #claim} hands out. */
  protected static final Instant LEASE_END = NOW.plusSeconds(60);

  @SuppressWarnings("NullAway.Init") // JUnit calls open() before each test
  private JobStore store;

  /** A fresh and empty store; the contract closes it after the test. */
  protected abstract JobStore openStore();

  @BeforeEach
  final void open() {
    store = openStore();
  }

  @AfterEach
  final void close() {
    store.close();
  }

  protected final JobStore store() {
    return store;
  }

  protected final List<Enqueued> enqueue(TestExecution... executions) {
    return enqueue(List.of(executions));
  }

  protected final List<Enqueued> enqueue(List<TestExecution> executions) {
    List<NewExecution> all = executions.stream().map(TestExecution::build).toList();
    return stored(WriteSet.enqueue(all)).enqueued();
  }

  /** Writes a set that must not be refused. */
  protected final WriteResult.Stored stored(WriteSet writes) {
    WriteResult result = store.write(writes);
    assertThat(result).isInstanceOf(WriteResult.Stored.class);
    return (WriteResult.Stored) result;
  }

  protected final WriteResult write(DefinitionWrite... writes) {
    return store.write(new WriteSet(List.of(), List.of(writes), List.of()));
  }

  protected final List<UUID> cancel(UUID... ids) {
    return stored(cancellation(NOW, ids)).cancelled();
  }

  protected static WriteSet cancellation(Instant at, UUID... ids) {
    List<Cancellation> all =
        List.of(ids).stream().map(id -> new Cancellation(id, TestTransition.FAILURE, at)).toList();
    return new WriteSet(List.of(), List.of(), all);
  }

  protected final Claim claim(ClaimRequest request) {
    return store.claim(request);
  }

  /** Claims up to 100 executions of the usual queue and handler. */
  protected final List<ClaimedExecution> claim(Instant now) {
    return store.claim(request(now, 100)).executions();
  }

  protected final ClaimedExecution claimOne(Instant now) {
    List<ClaimedExecution> claimed = claim(now);
    assertThat(claimed).hasSize(1);
    return claimed.get(0);
  }

  /** Enqueues and claims an execution. */
  protected final ClaimedExecution running(TestExecution execution) {
    enqueue(execution);
    return claimOne(NOW);
  }

  /** Without a look ahead, and with leases of 60 seconds. */
  protected static ClaimRequest request(Instant now, int room) {
    return request(now, Map.of(TestExecution.QUEUE, room), Set.of(TestExecution.HANDLER));
  }

  protected static ClaimRequest request(
      Instant now, Map<String, Integer> queues, Set<String> handlers) {
    return new ClaimRequest("node", queues, handlers, now, now, now.plusSeconds(60));
  }

  protected final Applied apply(TestTransition transition) {
    List<Applied> results = store.apply(List.of(transition.build()));
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  protected final void applied(TestTransition transition) {
    assertThat(apply(transition)).isInstanceOf(Applied.Done.class);
  }

  protected final List<Applied> applyAll(TestTransition... transitions) {
    List<Transition> all = List.of(transitions).stream().map(TestTransition::build).toList();
    return store.apply(all);
  }

  protected final Execution find(UUID id) {
    List<Execution> found = store.findExecutions(List.of(id));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  protected final ExecutionState stateOf(UUID id) {
    return find(id).state();
  }

  protected static WakeUp wakeUp(UUID id, String key, String input) {
    return new WakeUp(id, key, input, NOW.plusSeconds(1));
  }

  protected static List<UUID> ids(List<ClaimedExecution> claimed) {
    return claimed.stream().map(one -> one.execution().id()).toList();
  }
}
