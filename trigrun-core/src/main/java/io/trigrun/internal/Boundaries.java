package io.trigrun.internal;

import io.trigrun.ExecutionState;
import io.trigrun.LeaseLostException;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Boundary;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import io.trigrun.validation.Problems;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Records how far runs have come in the middle of their attempts. A run waits for that on its own
 * thread, while those of others join the same write.
 */
final class Boundaries {

  /** How long the end of the node, or of the lease, may go unnoticed. */
  private static final long SLICE_NANOS = 100_000_000;

  private final EngineContext context;
  private final Commits commits;
  private final Runnable enqueued;

  /**
   * @param enqueued told when a boundary has enqueued something
   */
  Boundaries(EngineContext context, Commits commits, Runnable enqueued) {
    this.context = context;
    this.commits = commits;
    this.enqueued = enqueued;
  }

  /** {@link io.trigrun.spi.RunContext#record}. */
  Applied record(Run run, Boundary boundary) {
    requireInside(run);
    requireStorable(boundary);
    Answer answer = new Answer(Thread.currentThread());
    if (!isLost(run)) {
      commits.submit(transition(run, boundary), answer);
    }
    Applied applied = answer.await(run, commits);
    if (applied instanceof Applied.LeaseLost) {
      LeaseKeeper.loseLease(context, run);
      throw new LeaseLostException(run.executionId());
    }
    if (applied instanceof Applied.Done done) {
      run.hasCome(boundary.consumed());
      if (done.enqueued().stream().anyMatch(each -> !each.duplicate())) {
        enqueued.run();
      }
    } else {
      hearOfDefinitions();
    }
    return applied;
  }

  /** The run's row is locked by a transaction of the host, which would wait for this one. */
  private static void requireInside(Run run) {
    if (run.isCompleting() || run.inSession().isPresent()) {
      throw new IllegalStateException(
          "expected no boundary after complete(), execution "
              + run.executionId()
              + " was completed in a session: record first, then complete");
    }
  }

  private static void requireStorable(Boundary boundary) {
    Problems problems = new Problems();
    OutcomeRules.problem(boundary).ifPresent(problems::add);
    problems.throwIfAny();
  }

  private static boolean isLost(Run run) {
    return run.halted().filter(halt -> halt == Run.Halt.LEASE_LOST).isPresent();
  }

  private Transition transition(Run run, Boundary boundary) {
    return new Transition(
        run.claimed().lease(),
        ExecutionState.RUNNING,
        context.now(),
        run.execution().dueAt(),
        Run.FIRST_ATTEMPT,
        Optional.empty(),
        Optional.empty(),
        run.execution().failure(),
        boundary.checkpoint(),
        run.latestProgress(),
        Set.of(),
        boundary.consumed(),
        Planner.inTrace(run, boundary.followUps()),
        Optional.empty(),
        boundary.journal());
  }

  /** The handler looks at what refused its write again, and must not see a cached one. */
  private void hearOfDefinitions() {
    try {
      context.revision().heardOf(context.store().revision());
    } catch (StoreException e) {
      context.storeHealth().failed(StoreHealth.Part.READ, e);
    }
  }

  /** What a run waits for. */
  private static final class Answer implements Commits.Reply {

    private final Thread waiting;
    private volatile @Nullable Applied applied;
    private volatile @Nullable StoreException refusal;

    Answer(Thread waiting) {
      this.waiting = waiting;
    }

    @Override
    public void applied(Applied result) {
      applied = result;
      LockSupport.unpark(waiting);
    }

    @Override
    public void refused(StoreException why) {
      refusal = why;
      LockSupport.unpark(waiting);
    }

    /** An interrupt is kept for later: what is under way can't be taken back. */
    Applied await(Run run, Commits commits) {
      boolean interrupted = false;
      try {
        while (true) {
          boolean last = isLost(run) || commits.isStopped();
          Applied known = applied;
          if (known != null) {
            return known;
          }
          StoreException why = refusal;
          if (why != null) {
            throw StoreException.refused(String.valueOf(why.getMessage()), why);
          }
          if (last) {
            return unanswered(run);
          }
          LockSupport.parkNanos(this, SLICE_NANOS);
          interrupted |= Thread.interrupted();
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private static Applied unanswered(Run run) {
      if (isLost(run)) {
        return new Applied.LeaseLost();
      }
      throw StoreException.unavailable(
          "expected the boundary of execution "
              + run.executionId()
              + " to be recorded, but the node has stopped: the next attempt will see",
          new IllegalStateException("stopped"));
    }
  }
}
