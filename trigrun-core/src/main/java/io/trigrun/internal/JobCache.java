package io.trigrun.internal;

import io.trigrun.Job;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.RevisionCache;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Jobs as runs see them: as saved before the claim, or later. */
public final class JobCache {

  private final RevisionCache<UUID, Optional<Job>> jobs;

  public JobCache(JobStore store, Revision revision) {
    this.jobs =
        new CaffeineRevisionCache<>(
            revision,
            id -> store.findDefinitions(List.of(id)).stream().findFirst().map(JobDocument::read));
  }

  Optional<Job> find(UUID id) {
    return jobs.get(id);
  }
}
