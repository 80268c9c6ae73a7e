package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.internal.expression.RenderingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks a run on as far as it can go without waiting for anybody: a function of its state, what has
 * happened, and the time. What is to be started, recorded, given up and waited for it leaves in its
 * {@link Walk}. One thread at a time.
 */
final class Machine {

  /** Whoever looks at a run reads all of its journal. */
  private static final int MOST_LINES = 200_000;

  private final Walk walk;
  private final Ending ending;
  private final Steps steps;

  Machine(Walk walk) {
    this.walk = walk;
    this.ending = new Ending(walk);
    this.steps = new Steps(walk, this::sequence);
  }

  /** Walks on. Before its end if the {@link Walk} is full. */
  void advance(Instant at) {
    walk.begin(at);
    if (walk.isEnded()) {
      return;
    }
    if (walk.state.journal > MOST_LINES) {
      ending.fail(
          StepFailure.of(
              "RUN_TOO_LONG",
              "expected at most %,d attempts and ends of steps in a run, got more; start other runs for parts of it"
                  .formatted(MOST_LINES)));
      return;
    }
    if (!at.isBefore(walk.state.deadline)) {
      ending.fail(
          StepFailure.of(
              "WORKFLOW_TIMEOUT",
              "expected to end within " + walk.plan.workflow().maxDuration() + ", it did not"));
      return;
    }
    SequenceEnd end = sequence(walk.state.root, walk.plan.workflow().steps(), Loops.NONE);
    if (end instanceof SequenceEnd.Succeeded succeeded) {
      ending.succeed(succeeded.output());
    } else if (end instanceof SequenceEnd.Failed failed) {
      ending.fail(failed.failure());
    }
  }

  private SequenceEnd sequence(Sequence sequence, List<Step> list, Loops loops) {
    while (sequence.at < list.size()) {
      if (walk.isFull()) {
        return new SequenceEnd.Blocked();
      }
      Step step = list.get(sequence.at);
      Active before = sequence.active;
      Instant startedAt = before == null ? walk.now() : before.startedAt();
      Optional<StepEnd> ended = step(sequence, step, loops);
      if (walk.isEnded()) {
        return new SequenceEnd.Stopped();
      }
      if (ended.isEmpty()) {
        return new SequenceEnd.Blocked();
      }
      StepEnd end = steps.extracted(step, ended.get());
      String waitKey = walk.waitKey(step, loops);
      walk.note(
          StepRecord.ended(step, loops, waitKey, attempt(sequence), startedAt, walk.now(), end));
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

  private static int attempt(Sequence sequence) {
    return sequence.active instanceof Active.Running attempt ? attempt.attempt : 1;
  }

  private Optional<StepEnd> step(Sequence sequence, Step step, Loops loops) {
    try {
      if (sequence.active == null) {
        RunScope scope = walk.scope(loops);
        if (step.options().when().filter(when -> !walk.plan.holds(when, scope)).isPresent()) {
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
    if (!walk.plan.isReferred(step.id())) {
      return;
    }
    ObjectNode node = Nodes.object();
    node.put("status", end.status().word());
    node.set("output", end.output());
    end.statusCode().ifPresent(code -> node.put("status_code", code));
    end.failure()
        .ifPresent(
            why -> {
              node.putObject("error").put("class", why.errorClass()).put("message", why.message());
            });
    walk.state.results.put(loops.key(step.id()), node);
  }
}
