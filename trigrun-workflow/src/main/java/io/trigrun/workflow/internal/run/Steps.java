package io.trigrun.workflow.internal.run;

import io.trigrun.validation.StorableText;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.DelayStep;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.ForEachStep;
import io.trigrun.workflow.definition.HandlerStep;
import io.trigrun.workflow.definition.HttpStep;
import io.trigrun.workflow.definition.NotifyStep;
import io.trigrun.workflow.definition.ParallelStep;
import io.trigrun.workflow.definition.RunJobStep;
import io.trigrun.workflow.definition.SetStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StopStep;
import io.trigrun.workflow.definition.SwitchStep;
import io.trigrun.workflow.definition.WaitStep;
import io.trigrun.workflow.internal.expression.RenderingException;
import io.trigrun.workflow.internal.jsonpath.QueryLimitException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What each type of step does when it begins, and when something may have happened to it. */
final class Steps {

  private final Walk walk;
  private final Walker walker;
  private final Waits waits;
  private final Fans fans;
  private final Absences absences;

  Steps(Walk walk, Walker walker) {
    this.walk = walk;
    this.walker = walker;
    this.waits = new Waits(walk);
    this.fans = new Fans(walk, walker);
    this.absences = new Absences(walk);
  }

  /** Begins a step. Empty if it has not ended by that. */
  Optional<StepEnd> begin(Sequence sequence, Step step, Loops loops) {
    Instant now = walk.now();
    if (step instanceof HttpStep || step instanceof HandlerStep) {
      sequence.active = new Active.Running(1, 0, now);
    } else if (step instanceof WaitStep wait) {
      sequence.active = waits.open(wait);
    } else if (step instanceof ApprovalStep approval) {
      sequence.active = waits.ask(approval, loops);
    } else if (step instanceof DelayStep delay) {
      Optional<Instant> until = until(delay, loops);
      if (until.isEmpty()) {
        return Optional.of(
            StepEnd.failed("INVALID_INSTANT", "expected until to be an instant in ISO 8601"));
      }
      sequence.active = new Active.Delayed(now, until.get());
    } else if (step instanceof RunJobStep run) {
      return waits.start(sequence, run, loops);
    } else if (step instanceof SwitchStep choice) {
      sequence.active = new Active.Chosen(now, choose(choice, loops), new Sequence());
    } else if (step instanceof ParallelStep || step instanceof ForEachStep) {
      Optional<StepEnd> refusal = fans.open(sequence, step, loops);
      if (refusal.isPresent()) {
        return refusal;
      }
    } else {
      return Optional.of(atOnce(step, loops));
    }
    return goOn(sequence, step, loops);
  }

  private StepEnd atOnce(Step step, Loops loops) {
    RunScope scope = walk.scope(loops);
    if (step instanceof SetStep set) {
      JsonNode values = walk.plan.render(set.values(), scope);
      Map<String, JsonNode> parts = new LinkedHashMap<>();
      values.properties().forEach(entry -> parts.put(entry.getKey(), entry.getValue()));
      return walk.contexts.put(parts, Map.of()) ? StepEnd.succeeded(values) : tooLarge();
    }
    if (step instanceof NotifyStep tell) {
      return waits.tell(tell, loops);
    }
    StopStep stop = (StopStep) step;
    JsonNode output = walk.plan.render(stop.output(), scope);
    String message = walk.plan.render(stop.message(), scope);
    walk.note(
        StepRecord.ended(
            step,
            loops,
            walk.waitKey(step, loops),
            1,
            walk.now(),
            walk.now(),
            StepEnd.succeeded(output)));
    if (stop.succeed()) {
      new Ending(walk).succeed(output);
    } else {
      new Ending(walk).fail(StepFailure.of("STOPPED", message));
    }
    return StepEnd.succeeded(output);
  }

  private static StepEnd tooLarge() {
    return StepEnd.failed(
        "CONTEXT_TOO_LARGE",
        "expected a context of at most 1,048,576 characters, and one of the job of at most 262,144;"
            + " keep large data elsewhere and pass a reference");
  }

  /** Looks whether a step that has begun has ended. */
  Optional<StepEnd> goOn(Sequence sequence, Step step, Loops loops) {
    Active active = sequence.active;
    if (active instanceof Active.Running running) {
      return attempt(sequence, running, step, loops);
    }
    if (active instanceof Active.Retrying retrying) {
      if (walk.now().isBefore(retrying.at())) {
        walk.agenda.dueAt(retrying.at());
        return Optional.empty();
      }
      sequence.active =
          new Active.Running(retrying.attempt() + 1, retrying.failures(), retrying.startedAt());
      return goOn(sequence, step, loops);
    }
    if (active instanceof Active.Absent absent) {
      sequence.active = absences.goOn(absent, (HandlerStep) step, loops);
      return sequence.active instanceof Active.Running
          ? goOn(sequence, step, loops)
          : Optional.empty();
    }
    if (active instanceof Active.Delayed delayed) {
      if (walk.now().isBefore(delayed.until())) {
        walk.agenda.dueAt(delayed.until());
        return Optional.empty();
      }
      return Optional.of(StepEnd.succeeded(Nodes.nothing()));
    }
    if (active instanceof Active.Chosen chosen) {
      return nested(walker.walk(chosen.steps(), wayOf(step, chosen.way()), loops));
    }
    if (active instanceof Active.Fan fan) {
      return fans.goOn(fan, step, loops);
    }
    return waits.goOn(sequence, step, loops);
  }

  private static Optional<StepEnd> nested(SequenceEnd end) {
    if (end instanceof SequenceEnd.Succeeded succeeded) {
      return Optional.of(StepEnd.succeeded(succeeded.output()));
    }
    return end instanceof SequenceEnd.Failed failed
        ? Optional.of(StepEnd.failed(failed.failure()))
        : Optional.empty();
  }

  private Optional<StepEnd> attempt(
      Sequence sequence, Active.Running running, Step step, Loops loops) {
    TaskResult result = running.result;
    if (result == null) {
      if (step instanceof HandlerStep handler
          && !running.isLaunched
          && !walk.world.knows(handler.handler())) {
        // Not an attempt: some other node, or this one when it is newer, has the handler.
        sequence.active = absences.begin(running, handler, loops);
        return Optional.empty();
      }
      walk.attempts.run(step, loops, running, walk.scope(loops));
      return Optional.empty();
    }
    if (result instanceof TaskResult.Success success) {
      boolean needsAll =
          !step.options().extract().isEmpty() || !step.options().extractToContext().isEmpty();
      return Optional.of(
          success.truncated() && needsAll
              ? StepEnd.failed(
                  "OUTPUT_TOO_LARGE",
                  "expected an output of at most 262,144 bytes to extract from, got a larger one")
              : StepEnd.succeeded(success.output(), success.statusCode()));
    }
    return failed(sequence, running, (TaskResult.Failed) result, step, loops);
  }

  private Optional<StepEnd> failed(
      Sequence sequence, Active.Running running, TaskResult.Failed failed, Step step, Loops loops) {
    int failures = running.failures + 1;
    if (!failed.retry() || failures >= step.options().retry().maxAttempts()) {
      return Optional.of(StepEnd.failed(StepEnd.Status.FAILED, failed.output(), failed.failure()));
    }
    Duration backoff = step.options().retry().backoff().delay(failures, walk.world.random());
    Duration wait =
        failed.retryAfter().filter(after -> after.compareTo(backoff) > 0).orElse(backoff);
    Instant next = walk.now().plus(wait);
    walk.note(
        StepRecord.retried(
            step, loops, running.attempt, running.startedAt, walk.now(), failed, next));
    sequence.active = new Active.Retrying(running.attempt, failures, walk.now(), next);
    return goOn(sequence, step, loops);
  }

  private Optional<Instant> until(DelayStep delay, Loops loops) {
    if (delay.until() instanceof DelayStep.After after) {
      return Optional.of(walk.now().plus(after.time()));
    }
    String text = walk.plan.render(((DelayStep.At) delay.until()).instant(), walk.scope(loops));
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private int choose(SwitchStep choice, Loops loops) {
    for (int i = 0; i < choice.cases().size(); i++) {
      if (walk.plan.holds(choice.cases().get(i).when(), walk.scope(loops))) {
        return i;
      }
    }
    return -1;
  }

  static List<Step> wayOf(Step step, int way) {
    SwitchStep choice = (SwitchStep) step;
    return way < 0 ? choice.otherwise() : choice.cases().get(way).steps();
  }

  static List<Step> branchOf(Step step, int branch) {
    return step instanceof ParallelStep parallel
        ? parallel.branches().get(branch).steps()
        : ((ForEachStep) step).steps();
  }

  /** What a step hands on of its output; a part that is not there fails it. */
  StepEnd extracted(Step step, StepEnd end) {
    if (end.isFailure() || end.status() == StepEnd.Status.SKIPPED) {
      return end;
    }
    try {
      return handedOn(step, end);
    } catch (RenderingException | QueryLimitException e) {
      return notExtracted(String.valueOf(e.getMessage()), end);
    }
  }

  private StepEnd handedOn(Step step, StepEnd end) {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    for (Map.Entry<String, Extract> entry : step.options().extract().entrySet()) {
      Optional<JsonNode> part = walk.plan.extract(entry.getValue(), end.output());
      if (part.isEmpty()) {
        return missing(entry, "extract", end);
      }
      parts.put(entry.getKey(), part.get());
    }
    Map<String, Optional<String>> persistent = new LinkedHashMap<>();
    for (Map.Entry<String, Extract> entry : step.options().extractToContext().entrySet()) {
      Optional<JsonNode> part = walk.plan.extract(entry.getValue(), end.output());
      if (part.isEmpty()) {
        return missing(entry, "extract_to_context", end);
      }
      persistent.put(entry.getKey(), persistent(part.get()));
    }
    boolean isNothing = parts.isEmpty() && persistent.isEmpty();
    return isNothing || walk.contexts.put(parts, persistent) ? end : tooLarge();
  }

  private static Optional<String> persistent(JsonNode part) {
    if (part.isNull()) {
      return Optional.empty();
    }
    return Optional.of(part.isString() ? StorableText.of(part.stringValue()) : Nodes.write(part));
  }

  private static StepEnd missing(Map.Entry<String, Extract> entry, String field, StepEnd end) {
    return notExtracted(
        "expected %s.%s to find something at %s, it found nothing; give it a default if it may"
            .formatted(field, entry.getKey(), entry.getValue().path()),
        end);
  }

  private static StepEnd notExtracted(String message, StepEnd end) {
    return StepEnd.failed(
        StepEnd.Status.FAILED,
        end.output(),
        new StepFailure("EXTRACT_FAILED", message, end.statusCode()));
  }
}
