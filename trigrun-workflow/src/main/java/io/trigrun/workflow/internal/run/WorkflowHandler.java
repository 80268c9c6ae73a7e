package io.trigrun.workflow.internal.run;

import io.trigrun.Failure;
import io.trigrun.RetryPolicy;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Boundary;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * Runs workflows: lets a {@link Machine} walk, starts what it asks for, and records a boundary
 * wherever something has ended, until the run ends or nothing is under way and it can be parked.
 */
final class WorkflowHandler implements ExecutionHandler {

  static final String QUEUE = "workflows";

  /** How often to look for callbacks while other branches keep the run busy. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Of a checkpoint and of an output: a little less than what stores must be able to hold. */
  private static final int LONGEST = 1_000_000;

  private static final Duration UNREADABLE = Duration.ofSeconds(30);

  private final Runs runs;
  private final HttpCalls http;

  WorkflowHandler(Runs runs, HttpCalls http) {
    this.runs = runs;
    this.http = http;
  }

  HandlerRegistration registration() {
    return new HandlerRegistration(Workflow.HANDLER, QUEUE, RetryPolicy.none(), this);
  }

  @Override
  public String replay(String repeated, String current) {
    return RunInput.replay(repeated, current);
  }

  @Override
  public CompletionStage<HandlerResult> handle(RunContext run) throws InterruptedException {
    Drive drive;
    try {
      drive = new Drive(run, runs.inputs().read(run.claimed().execution().payload()));
    } catch (ValidationException | UnreadableStateException e) {
      // A newer node has saved it, or has come this far with it: it is that node's to run.
      return CompletableFuture.completedFuture(
          HandlerResult.of(Outcome.later(run.now().plus(UNREADABLE))));
    }
    return CompletableFuture.completedFuture(drive.run());
  }

  /** One claim of a run. */
  private final class Drive {

    private final RunContext run;
    private final RunState state;
    private final RunWorld world;
    private final Walk walk;
    private final Machine machine;
    private final Plan plan;
    private final Set<String> consumed = new HashSet<>();

    /** The last checkpoint that is stored. */
    private Optional<String> stored;

    Drive(RunContext run, RunInput.Read input) {
      this.run = run;
      this.plan = input.plan();
      this.world = new RunWorld(run, runs, input.trigger(), input.depth());
      this.stored = run.checkpoint();
      this.state = state();
      this.walk = new Walk(plan, state, world, run.now());
      this.machine = new Machine(walk);
    }

    private RunState state() {
      Optional<RunState> known = run.checkpoint().map(StateJson::read);
      if (known.isEmpty()) {
        return RunState.begin(plan.workflow(), run.now());
      }
      RunState found = known.get();
      if (found.isClosing) {
        return found;
      }
      if (found.end == RunState.End.FAILED || wasRevived(found)) {
        new Retry(found, plan, world, run.now()).run();
      } else {
        found.resume(plan.workflow(), run.now());
        Recovery.recover(found, plan, lost());
      }
      return found;
    }

    /** Whether it had failed without this handler's doing: its checkpoint says nothing of it. */
    private boolean wasRevived(RunState found) {
      return run.claimed().reason() == ClaimedExecution.Reason.DUE
          && run.claimed().wakeUps().isEmpty()
          && runs.host().store().attempts(run.executionId()).size() > found.generation;
    }

    /** How many nodes have died since the last boundary. */
    private int lost() {
      return run.claimed().reason() == ClaimedExecution.Reason.LEASE_EXPIRED
          ? Math.max(1, run.attempt() - 1)
          : 0;
    }

    HandlerResult run() throws InterruptedException {
      try {
        return goOn();
      } catch (OversizedStateException e) {
        return abandon(StepFailure.of("RUN_TOO_LARGE", String.valueOf(e.getMessage())));
      }
    }

    private HandlerResult goOn() throws InterruptedException {
      absorb(run.claimed().wakeUps());
      new Closing(walk).run(); // of what was given up by a node that died
      TaskStarter starter = new TaskStarter(runs, run, state, plan, http);
      try (Tasks tasks = new Tasks(starter::start)) {
        for (boolean isFirst = true; ; isFirst = false) {
          machine.advance(run.now());
          boolean isFull = walk.isFull();
          if (isFirst && !walk.hasNews()) {
            walk.attempts.lostBefore(lost());
          }
          tasks.giveUp(walk.attempts.takeGivenUp());
          if (!state.givenUp.isEmpty()) {
            state.isClosing = walk.isEnded();
            record();
            new Closing(walk).run();
          }
          boolean isQuiet = !isFull && !walk.attempts.hasTasks() && tasks.isIdle();
          if (walk.isEnded() || isQuiet) {
            if (!walk.contexts.isEmpty()) {
              state.isClosing = walk.isEnded();
              record(); // by compare-and-set, which the last write can't repeat
            }
            return walk.isEnded() ? end() : park();
          }
          if (walk.hasNews() || walk.attempts.hasUnrepeatable()) {
            record();
          }
          boolean waitsToo = !walk.agenda.isEmpty();
          tasks.start(walk.attempts.takeTasks(), !waitsToo && !isFull);
          if (isFull) {
            stopIfCancelled();
          } else {
            await(tasks, waitsToo);
          }
        }
      }
    }

    private void await(Tasks tasks, boolean waitsToo) throws InterruptedException {
      Instant due = walk.due().isBefore(state.deadline) ? walk.due() : state.deadline;
      Duration limit = Duration.between(run.now(), due);
      Duration shortest = waitsToo && limit.compareTo(LOOK) > 0 ? LOOK : limit;
      List<Tasks.Ended> ended = tasks.await(atLeast(shortest));
      stopIfCancelled();
      ended.forEach(one -> walk.attempts.completed(one.key(), one.result()));
      if (waitsToo) {
        absorb(runs.host().store().wakeUps(run.executionId()));
      }
    }

    private void stopIfCancelled() throws InterruptedException {
      if (run.isCancelled()) {
        throw new InterruptedException("the run is to stop");
      }
    }

    private Duration atLeast(Duration wait) {
      return wait.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : wait;
    }

    /** Takes over what callers have left. */
    private void absorb(List<WakeUp> wakeUps) {
      consumed.addAll(world.takeClosed());
      for (WakeUp wakeUp : wakeUps) {
        if (consumed.add(wakeUp.waitKey())) {
          state.inbox.put(wakeUp.waitKey(), wakeUp.input());
        }
      }
    }

    private void record() {
      Map<String, Optional<String>> changes = walk.contexts.take();
      Boundary boundary = boundary();
      while (true) {
        Optional<JobContextStore.Change> context = change(changes);
        Applied applied =
            run.record(
                boundary.plus(context.map(JobContextStore.Change::write).orElse(WriteSet.empty())));
        if (applied instanceof Applied.Done) {
          context.ifPresent(done -> world.jobContext(done.values()));
          stored = boundary.checkpoint();
          consumed.clear();
          return;
        }
        if (context.isEmpty()) {
          throw new IllegalStateException("expected a boundary to be stored, got " + applied);
        }
        if (applied instanceof Applied.Refused refused
            && refused.conflict().reason() == Conflict.Reason.REFERENCE_MISSING) {
          changes = Map.of(); // the job was deleted, and its context with it
        }
      }
    }

    private Optional<JobContextStore.Change> change(Map<String, Optional<String>> changes) {
      return changes.isEmpty()
          ? Optional.empty()
          : run.jobId().map(job -> runs.contexts().plan(run.workspace(), job, changes, run.now()));
    }

    /**
     * @throws OversizedStateException if no store can hold it
     */
    private Boundary boundary() {
      consumed.addAll(world.takeClosed());
      return new Boundary(
          Optional.of(storable(() -> StateJson.write(state))),
          walk.takeJournal(),
          Set.copyOf(consumed),
          walk.takeFollowUps());
    }

    private static String storable(Supplier<String> json) {
      String text;
      try {
        text = json.get();
      } catch (JacksonException e) {
        throw new OversizedStateException("values that are nested at most 500 deep, got deeper");
      }
      if (text.length() > LONGEST) {
        throw new OversizedStateException(
            "%,d characters of JSON at most for its context, outputs that others refer to, elements"
                    .formatted(LONGEST)
                + " and callbacks, got %,d; keep large data elsewhere and pass a reference"
                    .formatted(text.length()));
      }
      return text;
    }

    /** Ends the run as it was when it could be stored for the last time. */
    private HandlerResult abandon(StepFailure why) {
      RunState kept =
          stored
              .map(StateJson::read)
              .orElseGet(() -> RunState.begin(plan.workflow(), state.startedAt));
      Walk last = new Walk(plan, kept, world, run.now());
      new Ending(last).fail(why);
      return HandlerResult.of(
          failed(why),
          new Boundary(
              Optional.of(StateJson.write(kept)), List.of(), Set.of(), last.takeFollowUps()));
    }

    private static Outcome failed(StepFailure why) {
      return new Outcome.Failed(
          new Failure(why.errorClass(), why.message()),
          false,
          Optional.empty(),
          AttemptReport.error());
    }

    private HandlerResult park() {
      state.parkedAt = run.now();
      Instant due = walk.due();
      return HandlerResult.of(
          new Outcome.Parked(due, walk.agenda.waitKeys(), Optional.empty()), boundary());
    }

    private HandlerResult end() {
      state.isClosing = false;
      Outcome outcome =
          Optional.ofNullable(state.failure)
              .map(Drive::failed)
              .orElseGet(() -> Outcome.succeeded(storable(() -> Nodes.write(state.output))));
      return HandlerResult.of(outcome, boundary());
    }
  }
}
