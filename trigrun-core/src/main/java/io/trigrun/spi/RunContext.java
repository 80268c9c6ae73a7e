package io.trigrun.spi;

import io.trigrun.Job;
import io.trigrun.handler.JobContext;
import java.time.Instant;
import java.util.Optional;

/** What an {@link ExecutionHandler} is given. */
public interface RunContext extends JobContext {

  /** The execution as claimed. */
  ClaimedExecution claimed();

  /** The job it is a run of, as it stood when the execution was claimed or later. */
  Optional<Job> job();

  /** The time. */
  Instant now();
}
