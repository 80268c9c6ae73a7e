package io.trigrun.handler;

import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The run that started a run, by {@link io.trigrun.JobTriggers} (row S16), up to the root: the
 * first one that no other run has started. A snapshot, read when it is asked for.
 *
 * @param executionId the run
 * @param jobId the job it is a run of
 * @param jobName the name of that job; empty if it was deleted
 * @param event what of it started the run; empty of a replay, which a person started
 * @param attempt the number of the attempt whose end started the run; of a replay, its latest one
 * @param state where it stands now: after {@code ON_ERROR} it may be tried again meanwhile
 * @param trigger what brought it into being
 * @param triggeredAt the moment it is meant for
 * @param failure why that attempt failed, if it did
 * @param exitCode of a command, the exit code of that attempt; empty if it had none
 * @param output its result, a JSON text; of runs further up only if it has at most 16,384
 *     characters
 * @param log the start of that attempt's log or answer, at most 4 KB, cut on a character
 * @param parent the run that started it; empty of the root. History that was forgotten ends the
 *     chain, and so does the hundredth run
 */
public record ParentRun(
    UUID executionId,
    UUID jobId,
    Optional<String> jobName,
    Optional<TriggerEvent> event,
    int attempt,
    ExecutionState state,
    Trigger trigger,
    Instant triggeredAt,
    Optional<Failure> failure,
    Optional<Integer> exitCode,
    Optional<String> output,
    Optional<String> log,
    Optional<ParentRun> parent) {

  /** The first run of the chain. */
  public ParentRun root() {
    ParentRun run = this;
    while (run.parent.isPresent()) {
      run = run.parent.get();
    }
    return run;
  }

  /** Short, and without what the log or the output hold: it ends up in logs. */
  @Override
  public String toString() {
    return "ParentRun[" + executionId + ", " + jobName.orElse("deleted job") + ", " + state + "]";
  }
}
