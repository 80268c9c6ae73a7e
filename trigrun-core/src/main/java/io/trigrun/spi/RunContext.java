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

  /**
   * Whether an {@linkplain ExecutionHandler#isAsynchronous asynchronous} handler may all the same
   * keep the thread that called it until the attempt is over: there are others to start the next.
   * If so, waiting costs less than handing over to another thread and back. To be asked on that
   * thread; a yes holds until {@code handle} returns, and the thread is then interrupted when the
   * attempt is not wanted any more.
   */
  default boolean mayWait() {
    return false;
  }
}
