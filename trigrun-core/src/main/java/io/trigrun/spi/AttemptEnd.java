package io.trigrun.spi;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.Job;
import java.time.Instant;
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
}
