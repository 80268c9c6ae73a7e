package io.trigrun.jdbc;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.Transition;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Things to store. */
final class Samples {

  static final Instant NOW = Instant.parse("2030-01-01T00:00:00.123456Z");

  private Samples() {}

  static NewExecution execution() {
    return execution("{}");
  }

  static NewExecution execution(String payload) {
    return execution(payload, Optional.empty());
  }

  /** With a unique key. */
  static NewExecution keyed(String key) {
    return execution("{}", Optional.of(new UniqueKey(key, UniqueKey.Scope.WHILE_LIVE)));
  }

  /** With a unique key that it keeps when it has ended. */
  static NewExecution keeping(String key) {
    return execution("{}", Optional.of(UniqueKey.whileKept(key)));
  }

  private static NewExecution execution(String payload, Optional<UniqueKey> key) {
    return new NewExecution(
        UUID.randomUUID(),
        "workspace",
        "queue",
        "handler",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Trigger.ENQUEUE,
        Priority.NORMAL,
        NOW,
        NOW,
        NOW,
        key,
        Optional.empty(),
        payload);
  }

  static WriteSet enqueue(NewExecution... executions) {
    return WriteSet.enqueue(List.of(executions));
  }

  static WriteSet enqueue(int count) {
    return WriteSet.enqueue(Stream.generate(Samples::execution).limit(count).toList());
  }

  static Definition definition(String name) {
    return new Definition(
        UUID.randomUUID(),
        "workspace",
        "kind",
        name,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
        1,
        NOW,
        NOW,
        "{}");
  }

  static Claim claim(JobStore store, int room) {
    return claim(store, room, NOW);
  }

  static Claim claim(JobStore store, int room, Instant now) {
    return store.claim(
        new ClaimRequest(
            "node", Map.of("queue", room), Set.of("handler"), now, now, now.plusSeconds(60)));
  }

  /** A success with everything that a transition writes in the common case. */
  static Transition success(ClaimedExecution claimed) {
    Attempt attempt =
        new Attempt(
            claimed.execution().attempt(),
            AttemptStatus.SUCCESS,
            NOW,
            Duration.ofMillis(5),
            Optional.of(200),
            Optional.empty(),
            Optional.empty(),
            Optional.of("fine"),
            Map.of("X-Odd", "a\nb\\c"),
            "node");
    return new Transition(
        claimed.lease(),
        ExecutionState.SUCCEEDED,
        NOW,
        NOW,
        claimed.execution().attempt(),
        Optional.of(attempt),
        Optional.of("{\"done\":true}"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Set.of(),
        WriteSet.empty());
  }

  /** In the middle of an attempt: notes and an entry of the journal. */
  static Transition boundary(ClaimedExecution claimed, int number) {
    return journaled(between(claimed, ExecutionState.RUNNING, Set.of(), Set.of()), number);
  }

  /** A boundary that deals with the wake-up that the first park waited for. */
  static Transition consuming(ClaimedExecution claimed, int number) {
    return journaled(between(claimed, ExecutionState.RUNNING, Set.of(), Set.of("key1")), number);
  }

  /** Waits for a key of that number. */
  static Transition park(ClaimedExecution claimed, int number, Set<String> consumed) {
    return journaled(
        between(claimed, ExecutionState.WAITING, Set.of("key" + number), consumed), number);
  }

  private static Transition between(
      ClaimedExecution claimed, ExecutionState state, Set<String> waitKeys, Set<String> consumed) {
    return new Transition(
        claimed.lease(),
        state,
        NOW,
        NOW.plusSeconds(60),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("{\"cursor\":\"step\"}"),
        Optional.empty(),
        waitKeys,
        consumed,
        WriteSet.empty());
  }

  static Transition journaled(Transition transition, int number) {
    return new Transition(
        transition.lease(),
        transition.state(),
        transition.at(),
        transition.dueAt(),
        transition.attempt(),
        transition.record(),
        transition.output(),
        transition.failure(),
        transition.checkpoint(),
        transition.progress(),
        transition.waitKeys(),
        transition.consumed(),
        transition.followUps(),
        transition.turn(),
        List.of(new JournalEntry(number, "{\"step\":" + number + "}")));
  }
}
