package io.trigrun.internal;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.JobTriggers;
import io.trigrun.JobTriggers.Target;
import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.FollowUps;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Plans the runs that the end of an attempt starts (row S16). Whether a job that is paused or a
 * draft runs is decided when its turn comes, where every run is refused that is not to be.
 */
record ChainPlanner(JobCache jobs, RunFactory runs) implements FollowUps {

  @Override
  public WriteSet plan(AttemptEnd end) {
    JobTriggers triggers = end.job().map(job -> job.spec().triggers()).orElseGet(JobTriggers::none);
    if (triggers.isEmpty() || end.execution().trigger() == Trigger.SYSTEM) {
      return WriteSet.empty();
    }
    List<NewExecution> started = new ArrayList<>();
    for (TriggerEvent event : end.events()) {
      for (Target target : triggers.of(event)) {
        target
            .id()
            .flatMap(jobs::find)
            .ifPresent(
                job -> started.add(runs.triggered(job, key(end, event, job.id()), end.at())));
      }
    }
    return WriteSet.enqueue(started);
  }

  private static ChainKey key(AttemptEnd end, TriggerEvent event, UUID jobId) {
    Execution run = end.execution();
    int attempt = end.attempt().map(Attempt::number).orElse(run.attempt());
    return new ChainKey(run.id(), run.lease(), attempt, event, jobId);
  }
}
