package io.trigrun.workflow;

import io.trigrun.Execution;
import java.util.Optional;
import java.util.UUID;

/** The runs of a workspace's workflows. Thread-safe. */
public interface WorkflowRuns {

  /**
   * Starts a run now, as {@link io.trigrun.Jobs#runNow} does, with an input.
   *
   * @param input what steps find as {@code {{trigger.body}}}: a JSON text
   * @return the run; it survives any crash from here on
   * @throws io.trigrun.NotFoundException if the workspace has no such job
   * @throws io.trigrun.ConflictException if the job is no workflow
   * @throws io.trigrun.validation.ValidationException if the input is no JSON, or too long
   */
  Execution start(UUID jobId, String input);

  /**
   * As {@link #start(UUID, String)}, once for each key.
   *
   * @param idempotencyKey 1 to 200 characters; a run with the same key of the same job that is
   *     remembered is returned instead of a new one
   */
  Execution start(UUID jobId, String input, String idempotencyKey);

  /** A run with its steps; empty if there is none in the workspace, or it is of no workflow. */
  Optional<WorkflowRun> find(UUID executionId);

  /**
   * Goes on with a run that has failed, with the same id: from the steps that failed, those that
   * succeeded are not run again (row W16). Links of waits that are over stay over.
   *
   * @return false if it has not failed
   * @throws io.trigrun.NotFoundException if the workspace has no such run of a workflow
   */
  boolean retry(UUID executionId);
}
