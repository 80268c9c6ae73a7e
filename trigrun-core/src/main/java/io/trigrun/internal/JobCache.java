package io.trigrun.internal;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.handler.ParentRun;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.RevisionCache;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Jobs as runs see them: as saved before the claim, or later. */
public final class JobCache {

  private final RevisionCache<UUID, Optional<Job>> jobs;
  private final ParentRuns parents;

  public JobCache(JobStore store, Revision revision) {
    this.jobs =
        new CaffeineRevisionCache<>(
            revision,
            id -> store.findDefinitions(List.of(id)).stream().findFirst().map(JobDocument::read));
    this.parents = new ParentRuns(store, jobs::get);
  }

  Optional<Job> find(UUID id) {
    return jobs.get(id);
  }

  /** The run that started a run. Not cached: runs change. */
  Optional<ParentRun> parentOf(Execution run) {
    return parents.of(run);
  }
}
