package io.trigrun.workflow.internal.run;

import io.trigrun.Failure;
import io.trigrun.RetryPolicy;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Boundary;
import io.trigrun.spi.ClaimedExecution;
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

/**
 * Runs workflows: lets a {@link Machine} walk, starts what it asks for, and records a boundary
 * wherever something has ended, until the run ends or nothing is under way and it can be parked.
 */
final class WorkflowHandler implements ExecutionHandler {

  static final String QUEUE = "workflows";

  /** How often to look for callbacks while other branches keep the run busy. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration UNREADABLE = Duration.ofSeconds(30);

  private final Runs runs;
  private final HttpCalls http;
  private final RunInput.Reader inputs = new RunInput.Reader();

  WorkflowHandler(Runs runs, HttpCalls http) {
    this.runs = runs;
    this.http = http;
  }

  HandlerRegistration registration() {
    return new HandlerRegistration(Workflow.HANDLER, QUEUE, RetryPolicy.none(), this);
  }

  @Override
  public CompletionStage<HandlerResult> handle(RunContext run) throws InterruptedException {
    RunInput.Read input;
    try {
      input = inputs.read(run.claimed().execution().payload());
    } catch (ValidationException e) {
      // A newer node has saved it: it is that node's to run.
      return CompletableFuture.completedFuture(
          HandlerResult.of(Outcome.later(run.now().plus(UNREADABLE))));
    }
    return CompletableFuture.completedFuture(new Drive(run, input).run());
  }

  /** One claim of a run. */
  private final class Drive {

    private final RunContext run;
    private final RunState state;
    private final RunWorld world;
    private final Machine machine;
    private final Plan plan;
    private final Set<String> consumed = new HashSet<>();

    Drive(RunContext run, RunInput.Read input) {
      this.run = run;
      this.plan = input.plan();
      this.world = new RunWorld(run, runs, input.trigger());
      this.state = state();
      this.machine = new Machine(plan, state, world, run.now());
    }

    private RunState state() {
      Optional<RunState> known = run.checkpoint().map(StateJson::read);
      if (known.isEmpty()) {
        return RunState.begin(plan.workflow(), run.now());
      }
      RunState found = known.get();
      if (found.end == RunState.End.FAILED) {
        Machine.retry(found, plan, run.now());
      } else {
        found.resume(plan.workflow(), run.now());
        boolean crashed = run.claimed().reason() == ClaimedExecution.Reason.LEASE_EXPIRED;
        Machine.recover(found, plan, crashed);
      }
      return found;
    }

    HandlerResult run() throws InterruptedException {
      absorb(run.claimed().wakeUps());
      TaskStarter starter = new TaskStarter(runs, run, state, plan, http);
      try (Tasks tasks = new Tasks(starter::start)) {
        while (true) {
          machine.advance(run.now());
          tasks.giveUp(machine.takeGivenUp());
          boolean isQuiet = !machine.hasTasks() && tasks.isIdle();
          if (machine.isEnded() || isQuiet) {
            if (machine.hasContextWrites()) {
              record(); // by compare-and-set, which the last write can't repeat
            }
            return machine.isEnded() ? end() : park();
          }
          if (machine.hasNews()) {
            record();
          }
          boolean waitsToo = !machine.waitKeys().isEmpty() || machine.isTimed();
          tasks.start(machine.takeTasks(), !waitsToo);
          await(tasks, waitsToo);
        }
      }
    }

    private void await(Tasks tasks, boolean waitsToo) throws InterruptedException {
      Duration limit = Duration.between(run.now(), machine.dueAt());
      Duration shortest = waitsToo && limit.compareTo(LOOK) > 0 ? LOOK : limit;
      List<Tasks.Ended> ended = tasks.await(atLeast(shortest));
      if (run.isCancelled()) {
        throw new InterruptedException("the run is to stop");
      }
      ended.forEach(one -> machine.completed(one.key(), one.result()));
      if (waitsToo) {
        absorb(runs.host().store().wakeUps(run.executionId()));
      }
    }

    private Duration atLeast(Duration wait) {
      return wait.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : wait;
    }

    /** Takes over what callers have left. */
    private void absorb(List<WakeUp> wakeUps) {
      for (WakeUp wakeUp : wakeUps) {
        if (consumed.add(wakeUp.waitKey())) {
          state.inbox.put(wakeUp.waitKey(), wakeUp.input());
        }
      }
    }

    private void record() {
      Map<String, Optional<String>> changes = machine.takeContextWrites();
      Boundary boundary = boundary();
      while (true) {
        Optional<JobContextStore.Change> context = change(changes);
        Applied applied =
            run.record(
                boundary.plus(context.map(JobContextStore.Change::write).orElse(WriteSet.empty())));
        if (applied instanceof Applied.Done) {
          context.ifPresent(done -> world.jobContext(done.values()));
          return;
        }
        if (context.isEmpty()) {
          throw new IllegalStateException("expected a boundary to be stored, got " + applied);
        }
      }
    }

    private Optional<JobContextStore.Change> change(Map<String, Optional<String>> changes) {
      return changes.isEmpty()
          ? Optional.empty()
          : run.jobId().map(job -> runs.contexts().plan(run.workspace(), job, changes, run.now()));
    }

    private Boundary boundary() {
      return new Boundary(
          Optional.of(StateJson.write(state)),
          machine.takeJournal(),
          Set.copyOf(consumed),
          machine.takeFollowUps());
    }

    private HandlerResult park() {
      state.parkedAt = run.now();
      Instant due = machine.dueAt();
      return HandlerResult.of(
          new Outcome.Parked(due, machine.waitKeys(), Optional.empty()), boundary());
    }

    private HandlerResult end() {
      return machine
          .failure()
          .map(
              why ->
                  HandlerResult.of(
                      new Outcome.Failed(
                          new Failure(why.errorClass(), why.message()),
                          false,
                          Optional.empty(),
                          AttemptReport.error()),
                      boundary()))
          .orElseGet(
              () -> HandlerResult.of(Outcome.succeeded(machine.output().toString()), boundary()));
    }
  }
}
