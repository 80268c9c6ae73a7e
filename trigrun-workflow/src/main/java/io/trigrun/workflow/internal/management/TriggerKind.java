package io.trigrun.workflow.internal.management;

import io.trigrun.Job;
import io.trigrun.JobAction;
import io.trigrun.JobSpec;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import io.trigrun.spi.Host;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.TriggerSpec;
import io.trigrun.workflow.WebhookTrigger;
import io.trigrun.workflow.definition.Workflow.Start;
import io.trigrun.workflow.internal.run.Engine;
import io.trigrun.workflow.internal.trigger.StoredTriggers;
import io.trigrun.workflow.internal.trigger.StoredTriggers.Planned;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Jobs of several steps that webhooks start (row W7). They are written with their addresses. */
final class TriggerKind extends WorkflowKind {

  private final Host host;
  private final Engine engine;

  TriggerKind(Host host, Engine engine) {
    super(Start.WEBHOOK);
    this.host = host;
    this.engine = engine;
  }

  @Override
  public boolean isScheduled() {
    return false;
  }

  @Override
  public ObjectShape settings() {
    return WorkflowShapes.TRIGGER_SETTINGS;
  }

  @Override
  public Map<String, String> examples() {
    return Map.of(
        "webhook_trigger_job",
        """
        {"name": "on-order", "kind": "webhook_trigger", "webhook_secret": "whsec_your_signing_secret",
         "steps": [{"id": "store", "type": "http",
           "request": {"url": "https://erp.example.com/orders", "method": "POST",
             "body": "{{trigger.body}}"}}]}""");
  }

  /** What is wrong with the address is told along with what is wrong with the steps. */
  @Override
  public JobAction action(JsonObject settings) {
    Problems problems = new Problems();
    Optional<JobAction> action = problems.attempt(() -> super.action(settings));
    Optional<TriggerSpec> trigger = problems.attempt(() -> TriggerJson.created(settings));
    problems.throwIfAny();
    return trigger.flatMap(known -> action).orElseThrow();
  }

  @Override
  public ObjectShape facts() {
    return Shape.object("TriggerFacts", "What is known of the address")
        .optional(WorkflowShapes.CONFIGURED, WorkflowShapes.IS_CONFIGURED);
  }

  @Override
  public ObjectShape shownOnce() {
    return WorkflowShapes.ADDRESS;
  }

  @Override
  public Map<UUID, JsonObject> facts(Call call, List<Job> jobs) {
    StoredTriggers triggers = triggers(call);
    Map<UUID, JsonObject> facts = new HashMap<>();
    for (Job job : jobs) {
      triggers.find(job.id()).ifPresent(trigger -> facts.put(job.id(), facts(trigger)));
    }
    return facts;
  }

  private static JsonObject facts(WebhookTrigger trigger) {
    return JsonObject.builder()
        .put(WorkflowShapes.CONFIGURED, trigger.webhookSecretConfigured())
        .put("webhook", TriggerJson.of(trigger.spec()))
        .build();
  }

  @Override
  public Created create(Call call, JobSpec spec, boolean isDraft, JsonObject body) {
    TriggerSpec trigger = TriggerJson.created(body);
    AtomicReference<@Nullable Planned> planned = new AtomicReference<>();
    Job job =
        host.jobsWithParts(call.workspace().name())
            .create(
                spec,
                isDraft,
                fresh -> {
                  Planned plan = triggers(call).plan(fresh.id(), trigger);
                  planned.set(plan);
                  return plan.parts();
                });
    Planned written = planned.get();
    if (written == null) {
      throw new IllegalStateException("expected a job with an address, got one without");
    }
    return new Created(job, TriggerRoutes.address(call, written.issued()));
  }

  @Override
  public Job update(Call call, Job job, JobSpec spec, JsonObject change) {
    if (!TriggerJson.isChanged(change)) {
      return super.update(call, job, spec, change);
    }
    StoredTriggers triggers = triggers(call);
    if (triggers.find(job.id()).isEmpty()) {
      throw TriggerRoutes.withoutAddress(job);
    }
    return host.jobsWithParts(call.workspace().name())
        .update(
            job.id(),
            job.version(),
            spec,
            next -> triggers.planUpdate(job.id(), now -> TriggerJson.changed(now, change)));
  }

  private StoredTriggers triggers(Call call) {
    return engine.triggers(call.workspace().name());
  }
}
