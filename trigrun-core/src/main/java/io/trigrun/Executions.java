package io.trigrun;

import io.trigrun.spi.UniqueKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The executions of a workspace: what ran, runs and will run (row S13). Thread-safe. */
public interface Executions {

  /** The execution of an id. */
  Optional<Execution> find(UUID executionId);

  /** Executions, newest first. */
  Page<Execution> list(ExecutionQuery query);

  /** The query that all others start from: every execution of this workspace, 50 a page. */
  ExecutionQuery query();

  /**
   * The attempts of an execution, oldest first. An attempt whose node died before it was recorded
   * is missing.
   */
  List<Attempt> attempts(UUID executionId);

  /**
   * Enqueues the same work again, now, as a new execution that names this one ({@link
   * Execution#replayOf()}). Runs of a job run the job as it is now; a run of a workflow is given
   * the input that the original was given.
   *
   * @throws NotFoundException if there is no such execution
   * @throws ConflictException if it is one of the library's own, if its job was deleted, or if it
   *     is of an extension that this node does not have
   */
  Execution replay(UUID executionId);

  /**
   * As {@link #replay(UUID)}, once for a key: who comes with it again is given the replay that
   * there is. For callers that don't know whether their first try was heard.
   *
   * @throws ConflictException if something else than a replay of this execution has the key
   */
  Execution replay(UUID executionId, UniqueKey key);

  /**
   * Takes a live execution back. If it runs, its handler is interrupted at once on this node, on
   * others within a third of the lease time, and can record nothing more.
   *
   * @param reason kept as its failure
   * @return whether it was live
   * @throws NotFoundException if there is no such execution
   * @throws ConflictException if it is one of the library's own, the cursor of a schedule for
   *     example: pause or delete the job instead
   */
  boolean cancel(UUID executionId, String reason);
}
