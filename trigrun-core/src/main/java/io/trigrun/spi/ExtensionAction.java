package io.trigrun.spi;

import io.trigrun.JobAction;
import java.util.Set;

/**
 * What a job does that an {@link Extension} runs: a workflow, for example. Immutable. Core keeps
 * {@link #document} and never reads it: {@link io.trigrun.Job#spec} of a job that was read gives
 * one with the same four values, and the extension makes its own type of that again.
 */
public non-sealed interface ExtensionAction extends JobAction {

  /** What kind of job it makes, in JSON: {@code workflow} for example. */
  String kind();

  /** The name of the handler that runs it. */
  String handler();

  /** All of it, as a JSON text: equal actions have equal documents. */
  String document();

  /** The payload of a run that nobody gave an input: a JSON text. */
  String payload();

  /** The secrets that it names: they can't be deleted while the job exists. */
  default Set<String> secretNames() {
    return Set.of();
  }

  /** How many of its runs may be under way at once unless the job says. Default 0: any number. */
  default int maxConcurrentExecutions() {
    return 0;
  }
}
