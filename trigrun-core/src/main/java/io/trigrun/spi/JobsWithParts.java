package io.trigrun.spi;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Saves jobs of a workspace together with what an {@link Extension} keeps for them, in one write:
 * there is never one without the other. Thread-safe.
 */
public interface JobsWithParts {

  /**
   * What is written with a job.
   *
   * @param writes after the job itself
   * @param secretNames the secrets that they name
   */
  record Parts(WriteSet writes, Set<String> secretNames) {
    public Parts {
      secretNames = Set.copyOf(secretNames);
    }
  }

  /**
   * As {@link io.trigrun.Jobs#create}, or {@link io.trigrun.Jobs#draft}.
   *
   * @param parts asked once, for the job as it is about to be written
   */
  Job create(JobSpec spec, boolean isDraft, Function<Job, Parts> parts);

  /** As {@link io.trigrun.Jobs#update(UUID, long, JobSpec)}; for the rest as {@link #create}. */
  Job update(UUID jobId, long version, JobSpec spec, Function<Job, Parts> parts);
}
