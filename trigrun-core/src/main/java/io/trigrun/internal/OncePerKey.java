package io.trigrun.internal;

import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.util.List;

/** Enqueues what a caller may ask for again who doesn't know whether the first try was heard. */
final class OncePerKey {

  private OncePerKey() {}

  /**
   * @return the execution, or that which has its key
   * @throws ConflictException if that is of something else
   */
  static Execution enqueue(JobStore store, NewExecution run) {
    WriteResult result = store.write(WriteSet.enqueue(List.of(run)));
    if (!(result instanceof WriteResult.Stored stored)) {
      throw new IllegalStateException("expected nothing to stand in the way of " + run.id());
    }
    Enqueued enqueued = stored.enqueued().get(0);
    if (!enqueued.duplicate()) {
      return run.enqueued();
    }
    return store.findExecutions(List.of(enqueued.executionId())).stream()
        .filter(holder -> isSame(holder, run))
        .findFirst()
        .orElseThrow(
            () ->
                new ConflictException(
                    "expected a unique key of its own, execution %s has the key"
                        .formatted(enqueued.executionId())));
  }

  private static boolean isSame(Execution holder, NewExecution run) {
    return holder.trigger() == run.trigger()
        && holder.jobId().equals(run.jobId())
        && holder.replayOf().equals(run.replayOf());
  }
}
