package io.trigrun.internal;

import io.trigrun.ExecutionRequest;
import io.trigrun.Executions;
import io.trigrun.StoreSession;
import io.trigrun.Workspace;
import io.trigrun.WorkspaceLimits;
import io.trigrun.monitor.Monitors;
import io.trigrun.schedulefile.ScheduleFiles;
import io.trigrun.secret.Secrets;
import io.trigrun.spi.Enqueued;
import java.util.List;
import java.util.function.Supplier;

/** What the TrigRun keeps for one workspace, under one name. */
record StoredWorkspace(
    String name,
    Supplier<WorkspaceLimits> currentLimits,
    StoredJobs jobs,
    Executions executions,
    Secrets secrets,
    Monitors monitors,
    ScheduleFiles scheduleFiles,
    Enqueuer enqueuer)
    implements Workspace {

  @Override
  public WorkspaceLimits limits() {
    return currentLimits.get();
  }

  @Override
  public List<Enqueued> enqueue(StoreSession session, List<ExecutionRequest> requests) {
    return enqueuer.enqueue(session, requests);
  }

  @Override
  public String toString() {
    return "Workspace[" + name + "]";
  }
}
