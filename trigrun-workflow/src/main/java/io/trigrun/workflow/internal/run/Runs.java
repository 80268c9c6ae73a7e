package io.trigrun.workflow.internal.run;

import io.trigrun.spi.Host;
import io.trigrun.workflow.internal.run.Surroundings.Links;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What all runs of a TrigRun share.
 *
 * @param functions the step handlers by name
 * @param inputs knows the definitions that were read lately
 * @param links makes the addresses of waits; empty without keys for links
 */
record Runs(
    Host host,
    RunInput.Reader inputs,
    Map<String, StepFunction<?>> functions,
    Optional<LinkMaker> links,
    JobContextStore contexts) {

  Runs {
    functions = Map.copyOf(functions);
  }

  /** Makes addresses. */
  @FunctionalInterface
  interface LinkMaker {
    /** Those of one wait. */
    Links of(UUID executionId, String waitKey, Optional<String> approver);
  }
}
