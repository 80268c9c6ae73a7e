package io.trigrun.contract;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Progress;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.Lease;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A transition that a test fills in as far as it matters. */
public final class TestTransition {

  static final Failure FAILURE = new Failure("TEST", "it is a test");

  private final Lease lease;
  private final ExecutionState state;
  private Instant at = StoreContract.NOW.plusSeconds(1);
  private Instant dueAt;
  private int attempt;
  private Optional<Attempt> record = Optional.empty();
  private Optional<String> output = Optional.empty();
  private Optional<Failure> failure = Optional.empty();
  private Optional<String> checkpoint = Optional.empty();
  private Optional<Progress> progress = Optional.empty();
  private Set<String> waitKeys = Set.of();
  private Set<String> consumed = Set.of();
  private WriteSet followUps = WriteSet.empty();
  private Optional<String> turn = Optional.empty();
  private List<JournalEntry> journal = List.of();

  private TestTransition(ExecutionState state, ClaimedExecution claimed, Instant dueAt) {
    this.lease = claimed.lease();
    this.state = state;
    this.attempt = claimed.execution().attempt();
    this.dueAt = dueAt;
  }

  public static TestTransition succeed(ClaimedExecution claimed) {
    return end(ExecutionState.SUCCEEDED, claimed);
  }

  /** Ends it; FAILED and CANCELLED with {@link #FAILURE}. */
  public static TestTransition end(ExecutionState state, ClaimedExecution claimed) {
    TestTransition transition =
        new TestTransition(state, claimed, StoreContract.NOW.plusSeconds(1));
    return state == ExecutionState.SUCCEEDED ? transition : transition.failure(FAILURE);
  }

  public static TestTransition retry(ClaimedExecution claimed, Instant dueAt) {
    return new TestTransition(ExecutionState.PENDING, claimed, dueAt).failure(FAILURE);
  }

  public static TestTransition park(ClaimedExecution claimed, Instant timeout, String... keys) {
    TestTransition transition = new TestTransition(ExecutionState.WAITING, claimed, timeout);
    transition.waitKeys = Set.of(keys);
    return transition;
  }

  public static TestTransition checkpoint(ClaimedExecution claimed, String notes) {
    TestTransition transition =
        new TestTransition(ExecutionState.RUNNING, claimed, claimed.execution().dueAt());
    transition.checkpoint = Optional.of(notes);
    return transition;
  }

  static Attempt attempt(int number, AttemptStatus status) {
    return new Attempt(
        number,
        status,
        StoreContract.NOW,
        Duration.ofMillis(7),
        Optional.of(503),
        Optional.of("HTTP_5XX"),
        Optional.of("no luck"),
        Optional.of("body"),
        Map.of("Retry-After", "1"),
        "node");
  }

  public TestTransition at(Instant value) {
    at = value;
    return this;
  }

  public TestTransition due(Instant value) {
    dueAt = value;
    return this;
  }

  /** The attempt is not to count. */
  public TestTransition uncounted() {
    attempt--;
    return this;
  }

  /** From here on the execution has made this attempt. */
  public TestTransition numbered(int value) {
    attempt = value;
    return this;
  }

  public TestTransition recording(Attempt value) {
    record = Optional.of(value);
    return this;
  }

  public TestTransition output(String json) {
    output = Optional.of(json);
    return this;
  }

  public TestTransition failure(Failure value) {
    failure = Optional.of(value);
    return this;
  }

  public TestTransition notes(String value) {
    checkpoint = Optional.of(value);
    return this;
  }

  public TestTransition progress(double fraction) {
    progress = Optional.of(new Progress(fraction, "going on"));
    return this;
  }

  public TestTransition consuming(String... keys) {
    consumed = Set.of(keys);
    return this;
  }

  public TestTransition with(WriteSet writes) {
    followUps = writes;
    return this;
  }

  public TestTransition journal(JournalEntry... entries) {
    journal = List.of(entries);
    return this;
  }

  public TestTransition turn(String value) {
    turn = Optional.of(value);
    return this;
  }

  public Transition build() {
    return new Transition(
        lease,
        state,
        at,
        dueAt,
        attempt,
        record,
        output,
        failure,
        checkpoint,
        progress,
        waitKeys,
        consumed,
        followUps,
        turn,
        journal);
  }
}
