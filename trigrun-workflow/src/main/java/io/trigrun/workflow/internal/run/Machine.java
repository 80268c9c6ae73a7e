package io.trigrun.workflow.internal.run;

import io.trigrun.Failure;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteSet;
import io.trigrun.workflow.definition.ForEachStep;
import io.trigrun.workflow.definition.HandlerStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions.OnCrash;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.internal.expression.RenderingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks a run on as far as it can go without waiting for anybody: a function of its state, what has
 * happened, and the time. Says what is to be started, recorded, given up and waited for. One thread
 * at a time.
 */
final class Machine {

  /** How long a run without its handler waits for the next node to look at it. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  private static final int LONGEST_CONTEXT = 1_048_576;
  private static final int LONGEST_JOB_CONTEXT = StoredContexts.LONGEST;

  final Plan plan;
  final RunState state;
  final Surroundings world;

  private final Steps steps = new Steps(this);
  private final Map<String, Active.Running> running = new LinkedHashMap<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private final List<JournalEntry> journal = new ArrayList<>();
  private final Map<String, Optional<String>> contextWrites = new LinkedHashMap<>();
  private final Set<String> waitKeys = new HashSet<>();
  private WriteSet followUps = WriteSet.empty();
  private final Set<String> settled = new HashSet<>();
  private Optional<Instant> nextDue = Optional.empty();
  private Instant now;

  Machine(Plan plan, RunState state, Surroundings world, Instant now) {
    this.plan = plan;
    this.state = state;
    this.world = world;
    this.now = now;
  }

  /** An attempt has ended. One that nobody waits for any more is let go. */
  void completed(String key, TaskResult result) {
    Active.Running attempt = running.get(key);
    if (attempt != null) {
      attempt.result = result;
    }
  }

  /** Walks on. */
  void advance(Instant at) {
    now = at;
    nextDue = Optional.empty();
    waitKeys.clear();
    running.clear();
    if (state.end != null) {
      return;
    }
    if (!at.isBefore(state.deadline)) {
      abandon(
          StepFailure.of(
              "WORKFLOW_TIMEOUT",
              "expected to end within " + plan.workflow().maxDuration() + ", it did not"));
      return;
    }
    SequenceEnd end = sequence(state.root, plan.workflow().steps(), Loops.NONE);
    if (end instanceof SequenceEnd.Succeeded succeeded) {
      succeed(succeeded.output());
    } else if (end instanceof SequenceEnd.Failed failed) {
      abandon(failed.failure());
    }
  }

  private void succeed(JsonNode result) {
    state.end = RunState.End.SUCCEEDED;
    state.output = result;
  }

  private void fail(StepFailure why) {
    state.end = RunState.End.FAILED;
    state.failure = why;
    tasks.clear();
  }

  /** Ends the run where it is. */
  void abandon(StepFailure why) {
    giveUp(state.root, plan.workflow().steps(), Loops.NONE);
    fail(why);
  }

  /** How a list of steps ended. */
  sealed interface SequenceEnd {
    record Succeeded(JsonNode output) implements SequenceEnd {}

    record Failed(StepFailure failure) implements SequenceEnd {}

    /** It waits for something. */
    record Blocked() implements SequenceEnd {}

    /** A stop step has ended the whole run. */
    record Stopped() implements SequenceEnd {}
  }

  SequenceEnd sequence(Sequence sequence, List<Step> list, Loops loops) {
    while (sequence.at < list.size()) {
      Step step = list.get(sequence.at);
      Active before = sequence.active;
      Instant startedAt = before == null ? now : before.startedAt();
      Optional<StepEnd> ended = step(sequence, step, loops);
      if (state.end != null) {
        return new SequenceEnd.Stopped();
      }
      if (ended.isEmpty()) {
        return new SequenceEnd.Blocked();
      }
      StepEnd end = steps.extracted(step, ended.get());
      note(
          StepRecord.ended(
              step, loops, waitKey(step, loops), attempt(sequence), startedAt, now, end));
      remember(step, loops, end);
      if (end.isFailure() && step.options().onError() == OnError.FAIL) {
        return new SequenceEnd.Failed(end.failure().orElseThrow());
      }
      sequence.active = null;
      sequence.at++;
      if (end.status() != StepEnd.Status.SKIPPED) {
        sequence.output = end.output();
      }
    }
    return new SequenceEnd.Succeeded(sequence.output);
  }

  String waitKey(Step step, Loops loops) {
    return state.waitKey(loops.key(step.id()));
  }

  private static int attempt(Sequence sequence) {
    return sequence.active instanceof Active.Running attempt ? attempt.attempt : 1;
  }

  private Optional<StepEnd> step(Sequence sequence, Step step, Loops loops) {
    try {
      if (sequence.active == null) {
        RunScope scope = scope(loops);
        if (step.options().when().filter(when -> !plan.holds(when, scope)).isPresent()) {
          return Optional.of(StepEnd.skipped());
        }
        return steps.begin(sequence, step, loops);
      }
      return steps.goOn(sequence, step, loops);
    } catch (RenderingException e) {
      return Optional.of(StepEnd.failed("TEMPLATE_UNRESOLVED", String.valueOf(e.getMessage())));
    }
  }

  private void remember(Step step, Loops loops, StepEnd end) {
    if (!plan.isReferred(step.id())) {
      return;
    }
    var node = Nodes.object();
    node.put("status", end.status().word());
    node.set("output", end.output());
    end.statusCode().ifPresent(code -> node.put("status_code", code));
    end.failure()
        .ifPresent(
            why -> {
              node.putObject("error").put("class", why.errorClass()).put("message", why.message());
            });
    state.results.put(loops.key(step.id()), node);
  }

  // What steps ask for while they are walked.

  Instant now() {
    return now;
  }

  RunScope scope(Loops loops) {
    return new RunScope(plan, state, world, this::jobContext, loops);
  }

  /** With what steps have just put into it and nobody has stored yet. */
  private JsonNode jobContext() {
    if (contextWrites.isEmpty()) {
      return world.jobContext();
    }
    ObjectNode values = Nodes.object();
    world.jobContext().properties().forEach(each -> values.set(each.getKey(), each.getValue()));
    contextWrites.forEach(
        (key, value) ->
            value.ifPresentOrElse(text -> values.put(key, text), () -> values.remove(key)));
    return values;
  }

  /** An attempt is to be under way. */
  void runs(Step step, Loops loops, Active.Running attempt) {
    String key = loops.key(step.id());
    running.put(key, attempt);
    if (!attempt.isLaunched) {
      attempt.isLaunched = true;
      tasks.add(new Task(key, step, attempt.attempt, loops, scope(loops)));
    }
  }

  /**
   * Nothing was on record when others lost the run: attempts that are to be made now were made by
   * them already, for all anybody knows.
   */
  void lostBefore(int claims) {
    tasks.replaceAll(
        task -> {
          Active.Running attempt = running.get(task.key());
          if (attempt == null || attempt.isRecovered) {
            return task;
          }
          attempt.attempt += claims;
          return task.attempt(attempt.attempt);
        });
  }

  /** Whether it has to be known that an attempt was begun, should nobody hear of its end. */
  boolean startsWhatMustNotBeRepeated() {
    return tasks.stream().anyMatch(task -> task.step().options().onCrash() == OnCrash.FAIL);
  }

  /** Ends a wait because its time is up, unless somebody was faster: what counts. */
  String expire(String waitKey) {
    settled.add(waitKey);
    return world.expire(waitKey);
  }

  void waitsFor(String waitKey) {
    waitKeys.add(waitKey);
  }

  void dueAt(Instant at) {
    nextDue = Optional.of(nextDue.filter(due -> due.isBefore(at)).orElse(at));
  }

  void follow(WriteSet writes) {
    followUps = followUps.plus(writes);
  }

  void note(String document) {
    journal.add(new JournalEntry(++state.journal, document));
  }

  /** Puts all of these into the contexts of the run and of its job; false if that is too much. */
  boolean put(Map<String, JsonNode> values, Map<String, Optional<String>> persistent) {
    ObjectNode next = Nodes.object();
    state.context.properties().forEach(each -> next.set(each.getKey(), each.getValue()));
    values.forEach(next::set);
    Map<String, Optional<String>> before = new LinkedHashMap<>(contextWrites);
    contextWrites.putAll(persistent);
    boolean fits =
        (values.isEmpty() || next.toString().length() <= LONGEST_CONTEXT)
            && (persistent.isEmpty() || jobContext().toString().length() <= LONGEST_JOB_CONTEXT);
    if (fits) {
      state.context = next;
    } else {
      contextWrites.clear();
      contextWrites.putAll(before);
    }
    return fits;
  }

  /** Nobody can refer any more to what steps gave within an element that is done with. */
  void forget(List<Step> list, Loops loops) {
    for (Step step : list) {
      state.results.remove(loops.key(step.id()));
      if (!(step instanceof ForEachStep)) {
        step.nested().forEach(nested -> forget(nested.steps(), loops));
      }
    }
  }

  void stop(boolean succeeds, String message, JsonNode result) {
    giveUp(state.root, plan.workflow().steps(), Loops.NONE);
    if (succeeds) {
      succeed(result);
      tasks.clear();
    } else {
      fail(StepFailure.of("STOPPED", message));
    }
  }

  /** Takes back what is under way in these steps. */
  void giveUp(Sequence sequence, List<Step> list, Loops loops) {
    Active active = sequence.active;
    if (active == null || sequence.at >= list.size()) {
      return;
    }
    Step step = list.get(sequence.at);
    String key = loops.key(step.id());
    if (active instanceof Active.Running) {
      givenUp.add(key);
      tasks.removeIf(task -> task.key().equals(key));
    } else if (active instanceof Active.Child child) {
      cancel(child);
    } else if (active instanceof Active.Chosen chosen) {
      giveUp(chosen.steps(), steps.way(step, chosen.way()), loops);
    } else if (active instanceof Active.Fan fan) {
      steps.giveUp(step, fan, loops);
    }
  }

  /** Takes back a run that nobody waits for any more. */
  void cancel(Active.Child child) {
    follow(
        world.cancel(
            new Cancellation(
                child.executionId(),
                new Failure("CANCELLED", "the run that waited for it has given it up"),
                now)));
  }

  // What the driver takes away.

  List<Task> takeTasks() {
    List<Task> taken = List.copyOf(tasks);
    tasks.clear();
    return taken;
  }

  boolean hasTasks() {
    return !tasks.isEmpty();
  }

  List<String> takeGivenUp() {
    List<String> taken = List.copyOf(givenUp);
    givenUp.clear();
    return taken;
  }

  List<JournalEntry> takeJournal() {
    List<JournalEntry> taken = List.copyOf(journal);
    journal.clear();
    return taken;
  }

  WriteSet takeFollowUps() {
    WriteSet taken = followUps;
    followUps = WriteSet.empty();
    return taken;
  }

  /** Wait keys that were ended from within. */
  Set<String> takeSettled() {
    Set<String> taken = Set.copyOf(settled);
    settled.clear();
    return taken;
  }

  Map<String, Optional<String>> takeContextWrites() {
    Map<String, Optional<String>> taken = new LinkedHashMap<>(contextWrites);
    contextWrites.clear();
    return taken;
  }

  boolean hasContextWrites() {
    return !contextWrites.isEmpty();
  }

  boolean hasNews() {
    return !journal.isEmpty() || !followUps.isEmpty() || !contextWrites.isEmpty();
  }

  /** Whether a time will come at which somebody has to look, the deadline aside. */
  boolean isTimed() {
    return nextDue.isPresent();
  }

  boolean isEnded() {
    return state.end != null;
  }

  Optional<StepFailure> failure() {
    return Optional.ofNullable(state.failure);
  }

  JsonNode output() {
    return state.output;
  }

  Set<String> waitKeys() {
    return Set.copyOf(waitKeys);
  }

  /** When somebody has to look again if nothing happens before. */
  Instant dueAt() {
    Instant deadline = state.deadline;
    if (!plan.workflow().countWaiting()) {
      return nextDue.orElseGet(() -> now.plus(Duration.ofDays(366)));
    }
    return nextDue.filter(due -> due.isBefore(deadline)).orElse(deadline);
  }

  boolean knows(HandlerStep step) {
    return world.knows(step.handler());
  }

  Instant lookAgain() {
    return now.plus(LOOK_AGAIN);
  }

  /**
   * Attempts that were under way when somebody else worked on the run are made again, unless their
   * step forbids that.
   *
   * @param lost how many nodes have died since the last boundary
   */
  static void recover(RunState state, Plan plan, int lost) {
    recover(state.root, plan.workflow().steps(), Math.max(1, lost));
  }

  private static void recover(Sequence sequence, List<Step> list, int lost) {
    Active active = sequence.active;
    if (active == null || sequence.at >= list.size()) {
      return;
    }
    Step step = list.get(sequence.at);
    if (active instanceof Active.Running attempt) {
      boolean mayRepeat = step.options().onCrash() == OnCrash.RETRY;
      Active.Running again =
          new Active.Running(
              mayRepeat ? attempt.attempt + lost : attempt.attempt,
              attempt.failures,
              attempt.startedAt);
      again.isRecovered = true;
      if (!mayRepeat) {
        again.isLaunched = true;
        again.result =
            new TaskResult.Failed(
                StepFailure.of(
                    "NODE_LOST",
                    "its node died or stopped while it ran; how far it came is not known"),
                false,
                Optional.empty());
      }
      sequence.active = again;
    } else if (active instanceof Active.Chosen chosen) {
      recover(chosen.steps(), Steps.wayOf(step, chosen.way()), lost);
    } else if (active instanceof Active.Fan fan) {
      for (int i = 0; i < fan.branches().size(); i++) {
        recover(fan.branches().get(i).steps, Steps.branchOf(step, i), lost);
      }
    }
  }

  Optional<NewExecution> child(String job, JsonNode input, String waitKey) {
    return world.child(job, input, waitKey);
  }
}
