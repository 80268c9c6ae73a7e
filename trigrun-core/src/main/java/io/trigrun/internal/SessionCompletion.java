package io.trigrun.internal;

import io.trigrun.ConflictException;
import io.trigrun.ExecutionState;
import io.trigrun.LeaseLostException;
import io.trigrun.StoreSession;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Lease;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records a run's success in sessions of the host. What the engine records when the handler has
 * returned comes after that and, as {@link io.trigrun.spi.JobStore#apply} says, changes nothing if
 * the host has committed.
 */
final class SessionCompletion {

  /** How often to plan again when a definition changes at the same time. */
  private static final int TRIES = 5;

  private final EngineContext context;
  private final Planner planner;
  private final Run run;
  private final Supplier<Conclusion> conclusion;

  SessionCompletion(
      EngineContext context, Planner planner, Run run, Supplier<Conclusion> conclusion) {
    this.context = context;
    this.planner = planner;
    this.run = run;
    this.conclusion = conclusion;
  }

  void complete(StoreSession session, Optional<String> output) {
    requireOnce();
    Problems problems = new Problems();
    output.flatMap(json -> OutcomeRules.problem(json, context.codec())).ifPresent(problems::add);
    problems.throwIfAny();
    Outcome success = new Outcome.Succeeded(output, AttemptReport.success());
    boolean before = run.isCompleting();
    run.completing(true);
    try {
      Concluded concluded = new Concluded(run, conclusion.get().of(success), WriteSet.empty());
      run.completedIn(new InSession(concluded, apply(session, concluded)));
    } catch (RuntimeException | Error e) {
      run.completing(before);
      throw e;
    }
  }

  /** A second transaction would commit its effects a second time. */
  private void requireOnce() {
    if (run.inSession().isPresent() && run.inSession().get().isCommitted(context.store())) {
      throw new IllegalStateException(
          "expected one completion, execution "
              + run.executionId()
              + " was completed and committed before; roll back");
    }
  }

  /** A lease that is lost in a session, and held in the store, was looked for in another place. */
  private void requireItsDatabase(StoreSession session) {
    if (session == StoreSession.own() || !isHeld()) {
      return;
    }
    throw new IllegalArgumentException(
        "expected a session of the database and schema that the store is in, got one that does not"
            + " know execution "
            + run.executionId()
            + ": take the connection from the store's data source");
  }

  private boolean isHeld() {
    Lease lease = run.claimed().lease();
    try {
      return context.store().findExecutions(List.of(lease.executionId())).stream()
          .anyMatch(
              execution ->
                  execution.state() == ExecutionState.RUNNING
                      && execution.lease() == lease.number());
    } catch (StoreException e) {
      return false;
    }
  }

  private Applied.Done apply(StoreSession session, Concluded concluded) {
    for (int tries = 0; tries < TRIES; tries++) {
      WriteSet followUps = planner.plan(concluded);
      Applied applied =
          context.store().apply(session, List.of(concluded.transition().with(followUps))).get(0);
      if (applied instanceof Applied.Done done) {
        return done;
      }
      if (applied instanceof Applied.LeaseLost) {
        requireItsDatabase(session);
        throw new LeaseLostException(run.executionId());
      }
      context.revision().heardOf(context.store().revision());
    }
    throw new ConflictException(
        "expected what follows from execution "
            + run.executionId()
            + " not to change all the time; roll back, and the attempt is made again");
  }
}
