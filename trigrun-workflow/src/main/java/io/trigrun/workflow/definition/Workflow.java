package io.trigrun.workflow.definition;

import io.trigrun.Job;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.validation.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a job of several steps does (row W1): the action of a {@link io.trigrun.JobSpec}. Immutable.
 *
 * <pre>{@code
 * JobSpec.named("order-review")
 *     .schedule(Schedule.cron("0 * * * *", "UTC"))
 *     .action(
 *         Workflow.of(
 *             Step.http("enrich", StepRequest.get("https://crm.example.com/next").build())
 *                 .with(StepOptions.none().extract("order", Extract.of("$.order.id"))),
 *             Step.approval("review", "Ship order {{context.order}}?"),
 *             Step.handler("ship", "ship-order").input("{\"order\": \"{{context.order}}\"}")))
 *     .build();
 * }</pre>
 *
 * <p>Everything is checked when it is made, all problems at once; they name the place by a JSON
 * pointer (RFC 6901), {@code /steps/2/request/url} for example. A run keeps the workflow that it
 * began with, whatever is saved meanwhile (row W15).
 *
 * @param start what starts its runs
 * @param steps run from top to bottom: 1 to 500 in all, nested at most 10 deep
 * @param maxDuration how long a run may take (row W8): 1 s to 366 days. A TrigRun refuses what is
 *     longer than its own limit, two hours unless the host says otherwise
 * @param countWaiting whether the time that it spends parked counts
 */
public record Workflow(Start start, List<Step> steps, Duration maxDuration, boolean countWaiting)
    implements ExtensionAction {

  /** The handler that runs workflows. */
  public static final String HANDLER = "trigrun.workflow";

  /** How long a run may take unless its workflow says: 30 minutes. */
  public static final Duration DEFAULT_DURATION = Duration.ofMinutes(30);

  /** What starts runs. */
  public enum Start {
    /** The job's schedule, or a call. */
    SCHEDULE("workflow"),
    /** A POST to the job's own address, or a call. */
    WEBHOOK("webhook_trigger");

    private final String kind;

    Start(String kind) {
      this.kind = kind;
    }

    /** The kind of job in JSON. */
    public String kind() {
      return kind;
    }
  }

  /**
   * @throws io.trigrun.validation.ValidationException naming all that is wrong
   */
  public Workflow {
    steps = List.copyOf(steps);
    Problems.require(
        maxDuration.toSeconds() >= 1 && maxDuration.compareTo(Duration.ofDays(366)) <= 0,
        "/max_workflow_duration_seconds",
        "1 s to 366 days",
        maxDuration);
    WorkflowRules.check(steps);
  }

  /** Started by a schedule, or when somebody asks. */
  public static Workflow of(Step... steps) {
    return new Workflow(Start.SCHEDULE, List.of(steps), DEFAULT_DURATION, true);
  }

  /** Started by a webhook. */
  public static Workflow startedByWebhook(Step... steps) {
    return new Workflow(Start.WEBHOOK, List.of(steps), DEFAULT_DURATION, true);
  }

  /** How long a run may take. */
  public Workflow maxDuration(Duration value) {
    return new Workflow(start, steps, value, countWaiting);
  }

  /** The time that a run spends parked does not count: for approvals that take days. */
  public Workflow withoutCountingWaits() {
    return new Workflow(start, steps, maxDuration, false);
  }

  /** As JSON; {@link #fromJson} makes an equal one of it. */
  public String toJson() {
    return WorkflowWriter.write(this).toString();
  }

  /**
   * From JSON: {@code {"kind", "steps", "max_workflow_duration_seconds", "count_waiting"}}.
   *
   * @throws io.trigrun.validation.ValidationException naming all that is wrong
   */
  public static Workflow fromJson(String json) {
    return WorkflowReader.read(json);
  }

  /** The workflow of a job, if it has one. */
  public static Optional<Workflow> of(Job job) {
    return job.spec().action() instanceof ExtensionAction action && action.handler().equals(HANDLER)
        ? Optional.of(fromJson(action.document()))
        : Optional.empty();
  }

  @Override
  public String kind() {
    return start.kind();
  }

  @Override
  public String handler() {
    return HANDLER;
  }

  @Override
  public String document() {
    return toJson();
  }

  @Override
  public String payload() {
    return "{\"workflow\":" + toJson() + "}";
  }

  @Override
  public Set<String> secretNames() {
    return WorkflowRules.secretNames(steps);
  }

  @Override
  public int maxConcurrentExecutions() {
    return 1;
  }
}
