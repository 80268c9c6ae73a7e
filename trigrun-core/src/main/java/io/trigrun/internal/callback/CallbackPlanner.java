package io.trigrun.internal.callback;

import io.trigrun.Callbacks;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.handler.ParentRun;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.FollowUps;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Plans the callback that follows from the end of a job's run: at most one, by a key that names the
 * lease, so that planning twice sends one, and a run that is revived and ends again tells again.
 *
 * @param parents the runs that led to a run
 */
public record CallbackPlanner(Function<Execution, Optional<ParentRun>> parents)
    implements FollowUps {

  @Override
  public WriteSet plan(AttemptEnd end) {
    Callbacks callbacks = end.job().map(job -> job.spec().callbacks()).orElseGet(Callbacks::none);
    if (callbacks.isEmpty() || end.execution().trigger() == Trigger.SYSTEM) {
      return WriteSet.empty();
    }
    Job job = end.job().orElseThrow();
    return callbacks
        .url(end.execution().state())
        .map(url -> WriteSet.enqueue(List.of(callback(end, job, url))))
        .orElse(WriteSet.empty());
  }

  private NewExecution callback(AttemptEnd end, Job job, String url) {
    Execution run = end.execution();
    String event = event(run.state());
    CallbackPayload payload =
        new CallbackPayload(
            event,
            job.id(),
            run.id(),
            url,
            job.spec().callbacks().secret(),
            CallbackBody.of(end, job, event, parents.apply(run)));
    return new NewExecution(
        TimeOrderedId.at(end.at()),
        run.workspace(),
        Callbacks.QUEUE,
        Callbacks.HANDLER,
        Optional.empty(), // it is no run of the job
        Optional.of(run.id()),
        Optional.empty(),
        Trigger.FOLLOW_UP,
        Priority.NORMAL,
        end.at(),
        end.at(),
        end.at(),
        Optional.of(UniqueKey.whileKept("callback/" + run.id() + "/" + run.lease())),
        Optional.empty(),
        payload.write());
  }

  private static String event(ExecutionState state) {
    return state == ExecutionState.SUCCEEDED ? CallbackPayload.SUCCEEDED : CallbackPayload.FAILED;
  }
}
