package io.trigrun;

import io.trigrun.validation.Problems;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which executions to list, newest first. Start from {@link #all} and narrow.
 *
 * @param workspace the tenant they belong to
 * @param jobId only runs of this job
 * @param parentId only what this execution brought about
 * @param handler only those of this handler
 * @param states only those in one of these states; empty for all
 * @param isOfHost only what hosts and their callers have started, none of the library's own upkeep
 * @param after only what follows this place
 * @param limit 1 to 1,000, 50 by default
 */
public record ExecutionQuery(
    String workspace,
    Optional<UUID> jobId,
    Optional<UUID> parentId,
    Optional<String> handler,
    Set<ExecutionState> states,
    boolean isOfHost,
    Optional<Cursor> after,
    int limit) {

  public ExecutionQuery {
    states = Set.copyOf(states);
    Problems.require(limit >= 1 && limit <= 1_000, "limit", "1 to 1,000", limit);
  }

  /** All executions of a workspace. */
  public static ExecutionQuery all(String workspace) {
    return new ExecutionQuery(
        workspace,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        false,
        Optional.empty(),
        50);
  }

  public ExecutionQuery job(UUID id) {
    return new ExecutionQuery(
        workspace, Optional.of(id), parentId, handler, states, isOfHost, after, limit);
  }

  public ExecutionQuery parent(UUID id) {
    return new ExecutionQuery(
        workspace, jobId, Optional.of(id), handler, states, isOfHost, after, limit);
  }

  public ExecutionQuery handler(String name) {
    return new ExecutionQuery(
        workspace, jobId, parentId, Optional.of(name), states, isOfHost, after, limit);
  }

  public ExecutionQuery states(ExecutionState... wanted) {
    return new ExecutionQuery(
        workspace, jobId, parentId, handler, Set.of(wanted), isOfHost, after, limit);
  }

  /** Without {@link Trigger#SYSTEM}. */
  public ExecutionQuery ofHost() {
    return new ExecutionQuery(workspace, jobId, parentId, handler, states, true, after, limit);
  }

  public ExecutionQuery after(Cursor place) {
    return new ExecutionQuery(
        workspace, jobId, parentId, handler, states, isOfHost, Optional.of(place), limit);
  }

  public ExecutionQuery limit(int count) {
    return new ExecutionQuery(workspace, jobId, parentId, handler, states, isOfHost, after, count);
  }
}
