package io.trigrun.internal.callback;

import io.trigrun.Callbacks;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.Priority;
import io.trigrun.StoreSession;
import io.trigrun.Trigger;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Boundary;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An attempt to send a callback, some time after it was planned. */
record CallbackRun(CallbackPayload payload, Duration age) implements RunContext {

  private static final UUID ID = new UUID(7, 7);
  private static final Instant PLANNED = Instant.parse("2026-03-16T10:00:00Z");

  @Override
  public ClaimedExecution claimed() {
    Execution execution =
        new Execution(
            ID,
            "acme",
            Callbacks.QUEUE,
            Callbacks.HANDLER,
            Optional.empty(),
            Optional.of(payload.executionId()),
            Optional.empty(),
            Trigger.FOLLOW_UP,
            Priority.NORMAL,
            ExecutionState.RUNNING,
            now(),
            PLANNED,
            PLANNED,
            Optional.of(now()),
            Optional.empty(),
            1,
            1,
            Optional.of("node"),
            Optional.empty(),
            payload.write(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new ClaimedExecution(
        execution, ClaimedExecution.Reason.DUE, PLANNED, List.of(), Optional.empty());
  }

  @Override
  public Optional<Job> job() {
    return Optional.empty();
  }

  @Override
  public Instant now() {
    return PLANNED.plus(age);
  }

  @Override
  public UUID executionId() {
    return ID;
  }

  @Override
  public Optional<UUID> jobId() {
    return Optional.empty();
  }

  @Override
  public String workspace() {
    return "acme";
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Instant scheduledFor() {
    return PLANNED;
  }

  @Override
  public Trigger trigger() {
    return Trigger.FOLLOW_UP;
  }

  @Override
  public Optional<String> checkpoint() {
    return Optional.empty();
  }

  @Override
  public void log(String line) {}

  @Override
  public void progress(double fraction, String message) {}

  @Override
  public void complete(StoreSession session) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void complete(StoreSession session, String output) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Applied record(Boundary boundary) {
    throw new UnsupportedOperationException();
  }
}
