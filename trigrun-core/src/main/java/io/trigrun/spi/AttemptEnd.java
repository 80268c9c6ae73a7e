package io.trigrun.spi;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.TriggerEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of an attempt, and maybe of its execution.
 *
 * @param execution as it is after the attempt; its state tells whether it has ended
 * @param job the job it is a run of
 * @param attempt the attempt, if it leaves a trace
 * @param at when it ended
 */
public record AttemptEnd(
    Execution execution, Optional<Job> job, Optional<Attempt> attempt, Instant at) {

  /** Whether the execution has ended, too. */
  public boolean isFinal() {
    return execution.state().isFinal();
  }

  /** What has happened: the attempt failed, the execution ended, both or neither (row S16). */
  public List<TriggerEvent> events() {
    ExecutionState state = execution.state();
    List<TriggerEvent> events = new ArrayList<>(2);
    boolean attemptFailed = attempt.filter(a -> a.status() != AttemptStatus.SUCCESS).isPresent();
    if (attemptFailed && state != ExecutionState.CANCELLED) {
      events.add(TriggerEvent.ON_ERROR);
    }
    if (state == ExecutionState.SUCCEEDED) {
      events.add(TriggerEvent.ON_SUCCESS);
    } else if (state == ExecutionState.FAILED) {
      events.add(TriggerEvent.ON_RETRIES_EXHAUSTED);
    }
    return events;
  }
}
