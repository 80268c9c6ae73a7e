package io.trigrun.workflow.definition;

import io.trigrun.Json;
import java.time.Duration;
import java.util.List;

/**
 * One step of a {@link Workflow} (rows W1, W2, W5, W6, W10, W11). A step has an id of its own
 * within the whole workflow, by which others refer to it ({@code {{steps.<id>.output}}}), and
 * {@link StepOptions} that every type has. Immutable; what changes one returns a copy.
 *
 * <p>Texts may hold placeholders: {@code {{context.customer}}}, {@code {{trigger.body.order.id}}},
 * {@code {{steps.enrich.output.score}}}, {@code {{execution.id}}}, {@code {{job.context.cursor}}},
 * {@code {{waits.review.resume_url}}}, and within {@link ForEachStep} {@code {{item}}} and {@code
 * {{index}}}.
 */
public sealed interface Step
    permits HttpStep,
        WaitStep,
        ApprovalStep,
        HandlerStep,
        SwitchStep,
        ParallelStep,
        ForEachStep,
        DelayStep,
        RunJobStep,
        NotifyStep,
        SetStep,
        StopStep {

  /** Unique within the workflow: a letter, then up to 63 letters, digits, dashes, underscores. */
  String id();

  /** What all types have. */
  StepOptions options();

  /** The same with other options. */
  Step with(StepOptions options);

  /** The type in JSON: {@code http} for example. */
  String type();

  /** The sequences of steps within it; empty for most types. */
  default List<Nested> nested() {
    return List.of();
  }

  /**
   * Steps within a step.
   *
   * @param pointer where they are, below the step: {@code /steps} for example
   */
  record Nested(String pointer, List<Step> steps) {}

  /** Makes an HTTP call. */
  static HttpStep http(String id, StepRequest request) {
    return new HttpStep(id, request, StepOptions.none());
  }

  /** Calls a Java function of the host, registered with {@code Workflows.Builder.handler}. */
  static HandlerStep handler(String id, String handler) {
    return new HandlerStep(id, handler, Json.EMPTY_OBJECT, StepOptions.none());
  }

  /** Parks the run until somebody posts to its {@code resume_url}. */
  static WaitStep waitForWebhook(String id) {
    return new WaitStep(id, OnTimeout.fail(), StepOptions.none());
  }

  /** Parks the run until people have decided. */
  static ApprovalStep approval(String id, String message) {
    return ApprovalStep.of(id, message);
  }

  /** Goes on with the first case whose condition holds. */
  static SwitchStep choose(String id, SwitchStep.Case... cases) {
    return new SwitchStep(id, List.of(cases), List.of(), StepOptions.none());
  }

  /** Goes on in several branches at the same time. */
  static ParallelStep parallel(String id, ParallelStep.Branch... branches) {
    return new ParallelStep(
        id, List.of(branches), Join.all(), ParallelStep.DEFAULT_CONCURRENCY, StepOptions.none());
  }

  /**
   * Runs steps for each element of an array.
   *
   * @param items the array: a placeholder, {@code {{trigger.body.lines}}} for example, or JSON
   */
  static ForEachStep forEach(String id, String items, Step... steps) {
    return new ForEachStep(
        id,
        ForEachStep.items(items),
        List.of(steps),
        Join.all(),
        ForEachStep.DEFAULT_CONCURRENCY,
        StepOptions.none());
  }

  /** Waits, holding no thread. */
  static DelayStep delay(String id, Duration time) {
    return new DelayStep(id, DelayStep.Until.after(time), StepOptions.none());
  }

  /** Waits until an instant in ISO 8601, or a placeholder that gives one. */
  static DelayStep delayUntil(String id, String instant) {
    return new DelayStep(id, DelayStep.Until.at(instant), StepOptions.none());
  }

  /** Runs another job of the workspace and waits for its end. */
  static RunJobStep runJob(String id, String job) {
    return new RunJobStep(id, job, Json.EMPTY_OBJECT, true, StepOptions.none());
  }

  /** Sends a message to a channel of the workspace. */
  static NotifyStep tell(String id, String channel, String title, String text) {
    return new NotifyStep(id, channel, title, text, StepOptions.none());
  }

  /**
   * Puts values into the context.
   *
   * @param values a JSON object; its strings may be placeholders
   */
  static SetStep set(String id, String values) {
    return new SetStep(id, new Json(values), StepOptions.none());
  }

  /** Ends the run well. */
  static StopStep succeed(String id) {
    return new StopStep(id, true, "", Json.EMPTY_OBJECT, StepOptions.none());
  }

  /** Ends the run as failed. */
  static StopStep fail(String id, String message) {
    return new StopStep(id, false, message, Json.EMPTY_OBJECT, StepOptions.none());
  }
}
