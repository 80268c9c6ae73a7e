package io.trigrun.contract;

import io.trigrun.AttemptStatus;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.Lease;
import io.trigrun.spi.PurgeRequest;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteSet;
import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * A sequence of operations that only the seed and the answers decide. Few names and short times, so
 * that they collide; leases are remembered for ever, so that old ones come back.
 */
final class RandomOperations {

  /** Something to do to a store; the answer can be compared. */
  record Operation(String name, Function<JobStore, Object> run) {}

  private static final int RECENT = 40;
  private static final List<TraceContext> TRACES =
      List.of(
          TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
          new TraceContext(
              "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", Optional.of("a=1,b=2")));
  private static final List<String> KEYS = List.of("a", "b", "c");
  private static final List<String> QUEUES = List.of("queue", "other");

  private final Random random;
  private final List<UUID> executions = new ArrayList<>();
  private static final int EVERYTHING = 1_000;

  private final List<ClaimedExecution> leases = new ArrayList<>();
  private final List<TestDefinition> definitions = new ArrayList<>();
  private Instant now = StoreContract.NOW;

  RandomOperations(long seed) {
    random = new Random(seed);
  }

  List<UUID> executionIds() {
    return executions;
  }

  /** Takes note of an answer: what was claimed can be applied. */
  void learn(Object answer) {
    if (answer instanceof ClaimAnswer claim) {
      leases.addAll(claim.executions());
    }
  }

  Operation next() {
    // No two operations at the same instant: stores may order what is equal as they like.
    now = now.plusSeconds(random.nextInt(6)).plusMillis(1);
    int dice = executions.isEmpty() ? 0 : random.nextInt(100);
    if (dice < 18) {
      WriteSet writes = enqueue();
      return new Operation("enqueue", store -> store.write(writes));
    } else if (dice < 38) {
      return claim();
    } else if (dice < 66 && !leases.isEmpty()) {
      List<Transition> batch = transitions();
      return new Operation("apply " + batch, store -> store.apply(batch));
    } else if (dice < 71 && !leases.isEmpty()) {
      List<Lease> held = List.of(pick(recent(leases)).lease(), pick(recent(leases)).lease());
      Instant until = now.plusSeconds(random.nextInt(20));
      return new Operation("extend " + held, store -> Set.copyOf(store.extendLeases(held, until)));
    } else if (dice < 79) {
      WakeUp wakeUp = new WakeUp(pick(recent(executions)), pick(KEYS), "" + dice, now);
      return new Operation("wake " + wakeUp, store -> store.wake(wakeUp));
    } else if (dice < 84) {
      WriteSet writes = StoreContract.cancellation(now, pick(recent(executions)));
      return new Operation("cancel", store -> store.write(writes));
    } else if (dice < 88) {
      UUID id = pick(recent(executions));
      return new Operation("revive " + id, store -> store.revive(id, now.plusSeconds(dice % 3)));
    } else if (dice < 90) {
      return purge();
    }
    WriteSet writes = definitions();
    return new Operation("write " + writes.definitions(), store -> store.write(writes));
  }

  private WriteSet enqueue() {
    WriteSet all = WriteSet.empty();
    for (int i = random.nextInt(4); i >= 0; i--) {
      TestExecution one =
          TestExecution.execution()
              .queue(pick(QUEUES))
              .handler(random.nextInt(10) == 0 ? "foreign" : TestExecution.HANDLER)
              .priority(Priority.ofLevel(random.nextInt(5)))
              .created(now)
              .due(now.plusSeconds(random.nextInt(12) - 4));
      switch (random.nextInt(5)) {
        case 0 -> one.uniqueWhileLive(pick(KEYS));
        case 1 -> one.uniqueWhileKept(pick(KEYS));
        case 2, 3 -> one.limited(pick(KEYS), 1 + random.nextInt(2));
        default -> {}
      }
      if (random.nextInt(4) == 0) {
        one.trace(pick(TRACES));
      }
      executions.add(one.id());
      all = all.plus(WriteSet.enqueue(List.of(one.build())));
    }
    return all;
  }

  /** What of a claim two stores must agree on. */
  private record ClaimAnswer(List<ClaimedExecution> executions, boolean full) {}

  private Operation claim() {
    int limit = 1 + random.nextInt(4);
    String queue = pick(QUEUES);
    Set<String> handlers =
        random.nextInt(10) == 0 ? Set.of("foreign", "handler") : Set.of(TestExecution.HANDLER);
    ClaimRequest request =
        new ClaimRequest(
            "node" + random.nextInt(3),
            Map.of(queue, limit),
            handlers,
            now,
            now.plusSeconds(random.nextInt(4)),
            now.plusSeconds(5 + random.nextInt(20)));
    return new Operation(
        "claim " + request,
        store -> {
          // Among lost leases and others each store has an order of its own: no limit, no order.
          int room = isLeaseLost(store, queue) ? EVERYTHING : limit;
          Claim claim =
              store.claim(
                  new ClaimRequest(
                      request.node(),
                      Map.of(queue, room),
                      handlers,
                      request.now(),
                      request.horizon(),
                      request.leaseUntil()));
          List<ClaimedExecution> executions =
              claim.executions().stream()
                  .sorted(Comparator.comparing(one -> one.execution().id().toString()))
                  .toList();
          return new ClaimAnswer(
              room == EVERYTHING ? executions : claim.executions(),
              claim.executions().size() == room);
        });
  }

  private boolean isLeaseLost(JobStore store, String queue) {
    return store
        .listExecutions(
            ExecutionQuery.all(TestExecution.WORKSPACE)
                .states(ExecutionState.RUNNING)
                .limit(EVERYTHING))
        .items()
        .stream()
        .anyMatch(one -> one.queue().equals(queue) && !one.dueAt().isAfter(now));
  }

  private List<Transition> transitions() {
    List<Transition> batch = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      batch.add(transition(pick(recent(leases))));
    }
    return batch;
  }

  private Transition transition(ClaimedExecution claimed) {
    Instant later = now.plusSeconds(random.nextInt(15));
    TestTransition transition =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> TestTransition.succeed(claimed);
          case 3 -> TestTransition.end(ExecutionState.FAILED, claimed);
          case 4 -> TestTransition.retry(claimed, later);
          case 5, 6 -> TestTransition.park(claimed, later, pick(KEYS), "only " + pick(KEYS));
          default -> TestTransition.checkpoint(claimed, "notes " + random.nextInt()).due(later);
        };
    transition.at(now);
    int number = claimed.execution().attempt();
    if (random.nextBoolean()) {
      transition.recording(TestTransition.attempt(number, AttemptStatus.ERROR));
    }
    if (random.nextInt(6) == 0) {
      transition.uncounted();
    }
    if (random.nextInt(3) == 0) {
      transition.output("" + random.nextInt()).progress(random.nextInt(5) / 4.0);
    }
    if (random.nextInt(3) == 0) {
      transition.consuming(pick(KEYS));
    }
    if (random.nextInt(3) == 0) {
      int entry = 1 + random.nextInt(9);
      transition.journal(
          new JournalEntry(entry, "" + random.nextInt()),
          new JournalEntry(entry + 1, "" + random.nextInt()));
    }
    return transition.with(followUps()).build();
  }

  private WriteSet followUps() {
    return switch (random.nextInt(6)) {
      case 0 -> enqueue();
      case 1 -> definitions();
      case 2 -> StoreContract.cancellation(now, pick(recent(executions))).plus(enqueue());
      default -> WriteSet.empty();
    };
  }

  private Operation purge() {
    PurgeRequest request =
        new PurgeRequest(
            random.nextBoolean() ? Optional.empty() : Optional.of(pick(QUEUES)),
            random.nextBoolean()
                ? Set.of(ExecutionState.SUCCEEDED)
                : Set.of(ExecutionState.FAILED, ExecutionState.CANCELLED),
            now.minusSeconds(random.nextInt(30)),
            1 + random.nextInt(10));
    return new Operation("purge " + request, store -> store.purge(request));
  }

  private WriteSet definitions() {
    List<DefinitionWrite> writes = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      if (definitions.isEmpty() || random.nextInt(3) == 0) {
        definitions.add(TestDefinition.named(pick(KEYS) + random.nextInt(4)));
      }
      TestDefinition definition = pick(recent(definitions));
      shuffle(definition);
      long version = 1L + random.nextInt(3);
      writes.add(random.nextInt(4) == 0 ? definition.delete(version) : definition.save(version));
    }
    return new WriteSet(List.of(), writes, List.of());
  }

  private void shuffle(TestDefinition definition) {
    switch (random.nextInt(6)) {
      case 0 -> definition.name(pick(KEYS) + random.nextInt(4));
      case 1 -> definition.key(pick(KEYS));
      case 2 -> {
        UUID other = pick(definitions).id();
        if (!other.equals(definition.id())) {
          definition.referencing(other);
        }
      }
      case 3 -> {
        // Parts come after their owner, so that nobody owns itself.
        TestDefinition owner = definitions.get(0);
        if (!owner.id().equals(definition.id())) {
          definition.ownedBy(owner.id());
        }
      }
      default -> {}
    }
  }

  private static <T> List<T> recent(List<T> all) {
    return all.subList(Math.max(0, all.size() - RECENT), all.size());
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
