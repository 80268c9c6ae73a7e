package io.trigrun.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trigrun.Job;
import io.trigrun.spi.Definition;
import java.util.Optional;

/**
 * Jobs as definitions say them, for whoever reads the same definition again and again: its document
 * is parsed and checked once. No cache of what is stored, as the definition is read before.
 */
final class ReadJobs {

  /** Of all documents together, in characters: one alone may have a million. */
  private static final int MOST = 4_000_000;

  private final Cache<Definition, Job> jobs =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .weigher((Definition definition, Job job) -> definition.document().length())
          .build();

  /** Empty if it is something else. */
  Optional<Job> of(Definition definition) {
    return definition.kind().equals(JobDocument.KIND)
        ? Optional.of(jobs.get(definition, JobDocument::read))
        : Optional.empty();
  }
}
