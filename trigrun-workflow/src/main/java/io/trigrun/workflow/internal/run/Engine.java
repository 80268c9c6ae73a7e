package io.trigrun.workflow.internal.run;

import io.trigrun.JobSpec;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.Extension.Contribution;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.Host;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.ApproverResolver;
import io.trigrun.workflow.TriggerDesk;
import io.trigrun.workflow.TriggerLimits;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.HttpStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.WaitStep;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.definition.Workflow.Start;
import io.trigrun.workflow.internal.inbound.WaitRoutes;
import io.trigrun.workflow.internal.link.LinkKeys;
import io.trigrun.workflow.internal.link.WaitUrls;
import io.trigrun.workflow.internal.trigger.Intake;
import io.trigrun.workflow.internal.trigger.StoredTriggers;
import io.trigrun.workflow.internal.trigger.TriggerReencryptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the parts of the workflows of one TrigRun together. */
public final class Engine {

  private final Host host;
  private final Runs runs;
  private final Duration longest;
  private final TriggerDesk intake;

  /**
   * For one TrigRun.
   *
   * @param longest how long a run may take, at most
   * @param deliveries what is taken of deliveries, at most
   */
  public Engine(
      Host host,
      Map<String, StepFunction<?>> functions,
      Optional<WaitUrls> urls,
      Duration longest,
      TriggerLimits deliveries) {
    this.host = host;
    this.longest = longest;
    this.intake = new Intake(host, deliveries);
    this.runs =
        new Runs(
            host,
            new RunInput.Reader(),
            functions,
            urls.map(Engine::links),
            new JobContextStore(host.store()));
  }

  private static Runs.LinkMaker links(WaitUrls urls) {
    return (execution, wait, approver) ->
        new Surroundings.Links(
            urls.resumeUrl(execution, wait),
            urls.reviewUrl(execution, wait, approver),
            urls.approveUrl(execution, wait, approver),
            urls.rejectUrl(execution, wait, approver));
  }

  /** What workflows bring to a TrigRun. */
  public Contribution contribution() {
    ChildEnds ends = new ChildEnds(host.store());
    WorkflowHandler handler = new WorkflowHandler(runs, new StepCalls(host));
    List<HandlerRegistration> handlers = new ArrayList<>();
    handlers.add(handler.registration());
    handlers.add(ends.registration());
    handlers.add(new LateChildren(host.store()).registration());
    runs.functions().keySet().forEach(name -> handlers.add(Absences.registration(host, name)));
    return new Contribution(handlers, List.of(ends))
        .withJobRule(this::check)
        .withReencryption(() -> new TriggerReencryptor(host).run())
        .withCancelFollowUps(new RunCancellations(host.store()));
  }

  private void check(JobSpec spec, Problems problems) {
    if (!(spec.action() instanceof ExtensionAction action)
        || !action.handler().equals(Workflow.HANDLER)) {
      return;
    }
    Optional<Workflow> read = problems.attempt(() -> Workflow.fromJson(action.document()));
    if (read.isEmpty()) {
      return;
    }
    Workflow workflow = read.get();
    problems.check(
        workflow.maxDuration().compareTo(longest) <= 0,
        "/max_workflow_duration_seconds",
        "at most "
            + longest.toSeconds()
            + " (Workflows.builder().maxWorkflowDuration(...) allows more)",
        workflow.maxDuration().toSeconds());
    problems.check(
        workflow.start() == Start.SCHEDULE || spec.schedule().equals(Schedule.manual()),
        "schedule",
        "no schedule: a webhook_trigger job is started by a webhook",
        spec.schedule());
    egress(workflow.steps(), "/steps", problems);
    if (runs.links().isEmpty()) {
      waits(workflow.steps(), problems);
    }
  }

  /** As for HTTP jobs: what would be refused whatever a name resolves to is refused when saved. */
  private void egress(List<Step> steps, String pointer, Problems problems) {
    for (int i = 0; i < steps.size(); i++) {
      String place = pointer + "/" + i;
      if (steps.get(i) instanceof HttpStep http) {
        host.transport()
            .egress()
            .check(place + "/request/url", http.request().origin())
            .ifPresent(problems::add);
      }
      steps
          .get(i)
          .nested()
          .forEach(nested -> egress(nested.steps(), place + nested.pointer(), problems));
    }
  }

  private static void waits(List<Step> steps, Problems problems) {
    for (Step step : steps) {
      problems.check(
          !(step instanceof WaitStep || step instanceof ApprovalStep),
          "/steps",
          "links for " + step.id() + ": give Workflows.builder().links(publicUrl, key)",
          "no links");
      step.nested().forEach(nested -> waits(nested.steps(), problems));
    }
  }

  /** The addresses at which webhooks start a workspace's jobs. */
  public StoredTriggers triggers(String workspace) {
    return new StoredTriggers(host, workspace);
  }

  /** Takes deliveries of all workspaces. */
  public TriggerDesk triggerDesk() {
    return intake;
  }

  /** What those call whom runs wait for. */
  public InboundRoutes waitRoutes(LinkKeys keys, ApproverResolver resolver) {
    return new WaitRoutes(keys, new StoredWaits(host, runs.inputs()), resolver, host.clock());
  }

  /** The runs of a workspace. */
  public StoredRuns runs(String workspace) {
    return new StoredRuns(host, runs, workspace);
  }

  /** The persistent contexts of a workspace's jobs. */
  public StoredContexts contexts(String workspace) {
    return new StoredContexts(host, runs.contexts(), workspace);
  }
}
