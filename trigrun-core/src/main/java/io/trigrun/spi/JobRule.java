package io.trigrun.spi;

import io.trigrun.JobSpec;
import io.trigrun.validation.Problems;

/** What an {@link Extension} refuses of jobs. Asked on the thread that saves one. */
@FunctionalInterface
public interface JobRule {

  /** Notes all that is wrong with it. Jobs that are none of the extension's pass. */
  void check(JobSpec spec, Problems problems);
}
