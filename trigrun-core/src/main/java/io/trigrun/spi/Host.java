package io.trigrun.spi;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.Trigger;
import io.trigrun.Workspace;
import io.trigrun.WorkspaceLimits;
import io.trigrun.handler.ParentRun;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.TracingHeaders;
import io.trigrun.route.Route;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What an {@link Extension} gets from the TrigRun it joins. Thread-safe. */
public interface Host {

  /** The store. Writes that enqueue something should be followed by {@link #wakeUp()}. */
  JobStore store();

  /** The only clock: the host's, aligned to the store's. */
  Clock clock();

  /** How HTTP calls leave. */
  HttpTransport transport();

  /**
   * How much a workspace may hold, as things stand now: to be asked whenever something is created.
   */
  default WorkspaceLimits limits(String workspace) {
    return WorkspaceLimits.standard();
  }

  /** The headers that tell receivers of calls which run, job and attempt calls. */
  default TracingHeaders tracingHeaders() {
    return TracingHeaders.DEFAULT;
  }

  /** A cache of what is derived from configuration definitions; see {@link RevisionCache}. */
  <K, V> RevisionCache<K, V> cache(Function<K, V> loader);

  /** The secrets of the workspaces, for what names them and needs their values. */
  SecretAccess secrets();

  /**
   * The run that started a run, by {@link io.trigrun.JobTriggers}, with all before it (row S16).
   * Read from the store each time, two reads a run; none for a run that no other has started.
   */
  default Optional<ParentRun> parentOf(Execution run) {
    return Optional.empty();
  }

  /**
   * The jobs, executions and more of a workspace. Not to be asked before the TrigRun is built.
   *
   * @throws io.trigrun.validation.ValidationException if the name is none
   */
  Workspace workspace(String name);

  /**
   * The jobs of a workspace, to be saved with what belongs to them. Not to be asked before the
   * TrigRun is built.
   *
   * @throws io.trigrun.validation.ValidationException if the name is none
   */
  default JobsWithParts jobsWithParts(String workspace) {
    throw new UnsupportedOperationException("expected a host that has jobs");
  }

  /**
   * The job that a definition is, if it is one. Costs nothing if it was asked of this version
   * before. What names other jobs may name them as they were then.
   */
  default Optional<Job> job(Definition definition) {
    throw new UnsupportedOperationException("expected a host that has jobs");
  }

  /**
   * A run of a job, to be enqueued for now by a write of the extension's own: with the queue,
   * priority and limits that the job says. Not to be asked before the TrigRun is built.
   *
   * @param payload its input, a JSON text; empty for what the job says
   */
  NewExecution runOf(
      Job job,
      Trigger trigger,
      Optional<UUID> parent,
      Optional<UniqueKey> key,
      Optional<String> payload);

  /**
   * Threads for work of a handler that is to go on beside the one it was given: virtual where the
   * JVM has them. Whoever uses them bounds how many.
   */
  Executor threads();

  /** How to send messages, if there is an extension that does. */
  default Optional<MessageOutlet> messages() {
    return Optional.empty();
  }

  /** What the HTTP surface for management is made of; complete once the TrigRun is built. */
  default List<Route> routes() {
    return List.of();
  }

  /** Tells the engine that something may be due now. Cheap. */
  void wakeUp();
}
