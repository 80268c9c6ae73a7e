package io.trigrun.internal;

import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.JobState;
import io.trigrun.RetryPolicy;
import io.trigrun.Trigger;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.Boundary;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.ClaimedExecution.Reason;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import io.trigrun.trace.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one attempt: refuse, or put off under rate limits, else invoke; conclude; say what is to be
 * written.
 */
final class AttemptRunner {

  /**
   * How many leases may be lost beyond the attempts of the policy. Work that was only held by a
   * node when that died has had no attempt yet, and must not pay for it.
   */
  static final int MOST_LOST_LEASES = 4;

  private static final Failure LEASE_LOST =
      new Failure("LEASE_LOST", "it was cancelled or taken over; its end is not recorded");

  static final String JOB_PAUSED = "JOB_PAUSED";

  static final String ROLLED_BACK = "ROLLED_BACK";

  /**
   * Who missed a turn because the store was slow asks for one a little later, which the execution
   * then waits for: that needs no answer in time.
   */
  private static final Duration HEAD_START = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.attempt");

  private final EngineContext context;
  private final Planner planner;
  private final Rates rates;
  private final RateGate.Turns turns;
  private final Function<Run, Executor> executors;
  private final Boundaries boundaries;

  /**
   * @param executors where an attempt that had to ask for its turn goes on
   */
  AttemptRunner(
      EngineContext context,
      Rates rates,
      RateGate.Turns turns,
      Function<Run, Executor> executors,
      Boundaries boundaries) {
    this.context = context;
    this.boundaries = boundaries;
    this.planner = new Planner(context);
    this.rates = rates;
    this.turns = turns;
    this.executors = executors;
  }

  /**
   * What is to be written once the attempt has ended; empty if nothing may be. Never completes with
   * an exception.
   *
   * @throws io.trigrun.spi.StoreException if the job can't be read; nothing has been done then
   */
  CompletionStage<Optional<Concluded>> run(Run run) {
    Instant startedAt = context.now();
    Optional<Outcome> refusal = prepare(run).or(() -> refusal(run));
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(
          Optional.of(conclude(run, startedAt, HandlerResult.of(refusal.get()))));
    }
    Rates.Limited limited = rates.of(run, registration(run));
    return limited.rates().isEmpty() || isItsTurn(run, limited, startedAt)
        ? start(run, startedAt)
        : askForTurn(run, limited, 0)
            .exceptionally(
                error -> {
                  LOG.error("Execution {} is left to its lease", run.executionId(), error);
                  return Optional.empty();
                });
  }

  /** Whether it has waited for its turn, and is on time. */
  private static boolean isItsTurn(Run run, Rates.Limited limited, Instant now) {
    return run.claimed()
        .turn()
        .flatMap(Turn::parse)
        .filter(turn -> turn.isOf(limited.rates()))
        .filter(turn -> isTimeFor(turn.at(), limited, now))
        .isPresent();
  }

  private static boolean isTimeFor(Instant turn, Rates.Limited limited, Instant now) {
    return !turn.isAfter(now) && !now.isAfter(turn.plus(limited.tolerance()));
  }

  private CompletionStage<Optional<Concluded>> askForTurn(
      Run run, Rates.Limited limited, int missed) {
    Instant from = context.now().plus(HEAD_START.multipliedBy(missed));
    return turns
        .ask(run, limited.rates(), from)
        .thenComposeAsync(turn -> takeTurn(run, limited, turn, missed), executors.apply(run));
  }

  private CompletionStage<Optional<Concluded>> takeTurn(
      Run run, Rates.Limited limited, Instant turn, int missed) {
    Instant now = context.now();
    if (run.halted().isPresent()) {
      boolean mine = run.halted().get() == Run.Halt.NODE_STOPS;
      return CompletableFuture.completedFuture(
          mine ? Optional.of(Concluded.notStarted(run, now)) : Optional.empty());
    }
    if (turn.isAfter(now)) {
      return CompletableFuture.completedFuture(
          Optional.of(Concluded.deferred(run, now, Turn.of(turn, limited.rates()))));
    }
    return isTimeFor(turn, limited, now) ? start(run, now) : askForTurn(run, limited, missed + 1);
  }

  private CompletionStage<Optional<Concluded>> start(Run run, Instant startedAt) {
    if (!context.events().isSilent()) {
      context
          .events()
          .tell(new TrigRunEvent.AttemptStarted(startedAt, run.execution(), run.claimed().dueAt()));
    }
    run.mayRecord(boundary -> boundaries.record(run, boundary));
    run.mayComplete(new SessionCompletion(context, planner, run, () -> conclusion(run, startedAt)));
    if (run.trigger() != Trigger.SYSTEM) {
      run.tracedBy(context.tracing().begin(run.execution()));
    }
    CompletionStage<HandlerResult> stage = invoke(run);
    run.await(stage);
    return stage.handle((result, error) -> ended(run, startedAt, result, error));
  }

  /**
   * Reads what the run depends on. A job that makes no sense is that run's failure, not the
   * store's.
   */
  private static Optional<Outcome> prepare(Run run) {
    try {
      run.prepare();
      return Optional.empty();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      return Optional.of(
          Outcome.failed("JOB_UNREADABLE", "its job can't be read: " + e.getMessage()));
    }
  }

  /** Whether the execution is not to run at all. */
  private Optional<Outcome> refusal(Run run) {
    Execution execution = run.execution();
    if (run.claimed().reason() == Reason.LEASE_EXPIRED
        && execution.trigger() != Trigger.SYSTEM
        && execution.attempt() > policy(run).maxAttempts() + MOST_LOST_LEASES) {
      return Optional.of(
          Outcome.failed(
                  "NODE_LOST",
                  "its node died or hung again and again; it is taken for the cause and not run once more")
              .withoutRetry());
    }
    if (execution.jobId().isEmpty() || execution.trigger() == Trigger.SYSTEM) {
      return Optional.empty();
    }
    Optional<Job> job = run.job();
    if (job.isEmpty()) {
      return Optional.of(cancelled("JOB_DELETED", "its job was deleted before it ran"));
    }
    return isFresh(run.claimed())
        ? heldBack(execution.trigger(), job.get().state())
        : Optional.empty();
  }

  /** What waits, or was handed back on its way, has begun: its number says nothing of that. */
  private static boolean isFresh(ClaimedExecution claimed) {
    return claimed.reason() == Reason.DUE
        && claimed.execution().attempt() == Run.FIRST_ATTEMPT
        && claimed.execution().checkpoint().isEmpty()
        && claimed.wakeUps().isEmpty();
  }

  /** What runs by itself, and not because somebody asked for it, heeds the state of its job. */
  private static Optional<Outcome> heldBack(Trigger trigger, JobState state) {
    boolean bySelf = trigger == Trigger.SCHEDULE || trigger == Trigger.FOLLOW_UP;
    if (bySelf && state == JobState.PAUSED) {
      return Optional.of(cancelled(JOB_PAUSED, "its job was paused before it ran"));
    }
    return trigger == Trigger.FOLLOW_UP && state == JobState.DRAFT
        ? Optional.of(cancelled("JOB_DRAFT", "its job was a draft when it was to run"))
        : Optional.empty();
  }

  private static Outcome cancelled(String errorClass, String message) {
    return new Outcome.Cancelled(new Failure(errorClass, message));
  }

  private CompletionStage<HandlerResult> invoke(Run run) {
    HandlerRegistration handler = registration(run);
    LogContext.put(run);
    Tracing.Scope scope = run.span().enter();
    try {
      run.enter();
      @Nullable CompletionStage<HandlerResult> stage = handler.handler().handle(run);
      return stage == null ? CompletableFuture.completedFuture(null) : stage;
    } catch (Throwable e) {
      // Errors of host code too: a handler that can't be linked must not take the worker with it.
      return CompletableFuture.failedFuture(e);
    } finally {
      run.exit();
      scope.close();
      LogContext.clear();
    }
  }

  private Optional<Concluded> ended(
      Run run, Instant startedAt, @Nullable HandlerResult result, @Nullable Throwable error) {
    Optional<Concluded> concluded = concluded(run, startedAt, result, error);
    run.span()
        .end(
            concluded.isPresent()
                ? concluded.get().transition().failure()
                : Optional.of(LEASE_LOST));
    return concluded;
  }

  private Optional<Concluded> concluded(
      Run run, Instant startedAt, @Nullable HandlerResult result, @Nullable Throwable error) {
    run.over();
    Optional<Run.Halt> halt = run.halted();
    if (halt.isPresent() && halt.get() == Run.Halt.LEASE_LOST) {
      return Optional.empty();
    }
    boolean unfinished = error != null || run.wasToldToStop();
    if (halt.isPresent() && unfinished) {
      Transition back = conclusion(run, startedAt).handedBack();
      return Optional.of(new Concluded(run, back, WriteSet.empty()));
    }
    if (error != null || result == null || isNothing(result.outcome())) {
      return Optional.of(conclude(run, startedAt, HandlerResult.of(failure(run, error))));
    }
    return Optional.of(conclude(run, startedAt, unlessRolledBack(run, result)));
  }

  /**
   * A success that the handler put into a transaction of the host is one if that committed; then
   * what is recorded here has no effect any more.
   */
  private static HandlerResult unlessRolledBack(Run run, HandlerResult result) {
    return run.inSession().isPresent() && result.outcome() instanceof Outcome.Succeeded
        ? HandlerResult.of(
            Outcome.failed(
                ROLLED_BACK, "the transaction in which the handler completed it did not commit"))
        : result;
  }

  /** Host code is not compiled with our null checks. */
  private static boolean isNothing(@Nullable Outcome outcome) {
    return outcome == null;
  }

  private static Outcome failure(Run run, @Nullable Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause == null) {
      return Outcome.failed("NO_RESULT", "expected a result from the handler, got null")
          .withoutRetry();
    }
    LOG.debug("Attempt {} of execution {} failed", run.attempt(), run.executionId(), cause);
    String message = messageOf(cause);
    return cause instanceof UnreadablePayloadException
        ? Outcome.failed("PAYLOAD_UNREADABLE", message).withoutRetry()
        : Outcome.failed(cause.getClass().getSimpleName(), message);
  }

  /** An exception of the host may do anything, even here. */
  private static String messageOf(Throwable cause) {
    try {
      String message = cause.getMessage();
      return message == null ? cause.getClass().getName() : message;
    } catch (RuntimeException e) {
      return cause.getClass().getName();
    }
  }

  private Concluded conclude(Run run, Instant startedAt, HandlerResult result) {
    Conclusion conclusion = conclusion(run, startedAt);
    Boundary boundary = result.boundary();
    try {
      Optional<Outcome> unusable =
          conclusion.unusable(result.outcome()).or(() -> tooMuch(boundary));
      return unusable.isPresent()
          ? new Concluded(run, conclusion.of(unusable.get()), WriteSet.empty())
          : new Concluded(run, conclusion.of(result.outcome(), boundary), boundary.followUps());
    } catch (RuntimeException e) {
      // An instant beyond what arithmetic can reach, for example.
      Outcome unusable =
          Outcome.failed("UNUSABLE_OUTCOME", "expected an outcome that can be recorded, got: " + e)
              .withoutRetry();
      return new Concluded(run, conclusion.of(unusable), WriteSet.empty());
    }
  }

  private static Optional<Outcome> tooMuch(Boundary boundary) {
    return OutcomeRules.problem(boundary)
        .map(problem -> Outcome.failed("UNUSABLE_OUTCOME", problem.message()).withoutRetry());
  }

  private Conclusion conclusion(Run run, Instant startedAt) {
    return new Conclusion(
        run,
        policy(run),
        startedAt,
        context.now(),
        context.settings().node(),
        ThreadLocalRandom.current());
  }

  private RetryPolicy policy(Run run) {
    return run.job().flatMap(job -> job.spec().retry()).orElseGet(() -> registration(run).retry());
  }

  private HandlerRegistration registration(Run run) {
    HandlerRegistration handler = context.handlers().get(run.execution().handler());
    if (handler == null) {
      throw new IllegalStateException(
          "expected an execution of a handler of this node, got one of "
              + run.execution().handler());
    }
    return handler;
  }
}
