package io.trigrun.notify;

import io.trigrun.Labels;
import java.util.Optional;
import java.util.UUID;

/** What a {@link Rule} is about (row N10). */
public sealed interface RuleScope {

  /** One job. */
  record OfJob(UUID jobId) implements RuleScope {}

  /** One monitor. */
  record OfMonitor(UUID monitorId) implements RuleScope {}

  /** All jobs, monitors and events of the workspace that carry a label. */
  record Labelled(String label) implements RuleScope {

    /**
     * @throws io.trigrun.validation.ValidationException if it can't be a label
     */
    public Labelled {
      Labels.requireName("label", label);
    }
  }

  /** All jobs, monitors and events of the workspace. */
  record WholeWorkspace() implements RuleScope {}

  /** One job. */
  static RuleScope job(UUID jobId) {
    return new OfJob(jobId);
  }

  /** One monitor. */
  static RuleScope monitor(UUID monitorId) {
    return new OfMonitor(monitorId);
  }

  /** All that carries a label; throws as {@link Labelled#Labelled}. */
  static RuleScope label(String label) {
    return new Labelled(label);
  }

  /** All of the workspace. */
  static RuleScope workspace() {
    return new WholeWorkspace();
  }

  /** The job or monitor, if it is about one. */
  default Optional<UUID> owner() {
    if (this instanceof OfJob job) {
      return Optional.of(job.jobId());
    }
    return this instanceof OfMonitor monitor ? Optional.of(monitor.monitorId()) : Optional.empty();
  }

  /** Whether what has these labels is in it; asked for what is about no single job or monitor. */
  default boolean covers(Labels labels) {
    return this instanceof WholeWorkspace
        || (this instanceof Labelled labelled && labels.contains(labelled.label()));
  }
}
