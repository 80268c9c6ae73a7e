package io.trigrun.internal;

import io.trigrun.Job;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as it is to be saved, and what is written along with it.
 *
 * @param nextRun when its schedule fires next, if that has changed
 */
record JobChange(Job job, WriteSet writes, Optional<Instant> nextRun) {

  JobChange with(WriteSet more) {
    return new JobChange(job, writes.plus(more), nextRun);
  }
}
