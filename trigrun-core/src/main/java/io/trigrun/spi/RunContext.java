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

  /**
   * Records a boundary in the middle of the attempt; blocks, uninterruptibly, until it is durable.
   * Boundaries of many runs at once share a write. An execution that gets this far makes progress:
   * crashes of its node are counted from here on, and the attempt's number stays what it is. Nobody
   * else plans anything because of it. What it enqueues goes on in the attempt's trace.
   *
   * <p>To be called by one thread at a time, until the handler has returned or completed its stage.
   *
   * @return {@link Applied.Done}, or {@link Applied.Refused} if a definition write of it lost its
   *     compare-and-set: nothing was written, recompute and call again
   * @throws io.trigrun.LeaseLostException if the execution was cancelled or taken over: stop at
   *     once
   * @throws io.trigrun.validation.ValidationException if a text of it is longer than 1,048,576
   *     characters or has a U+0000 or an unpaired surrogate in it
   * @throws StoreException if the store can't hold it and never will, or if the node has stopped
   *     before it was known to be durable: it may be stored or not, and the next attempt will see
   * @throws IllegalStateException if the attempt is over or was completed in a session of the host
   */
  Applied record(Boundary boundary);
}
