package io.trigrun.workflow.internal.management;

import io.trigrun.ConflictException;
import io.trigrun.Job;
import io.trigrun.NotFoundException;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.workflow.TriggerSpec;
import io.trigrun.workflow.TriggerWithToken;
import io.trigrun.workflow.Triggers;
import io.trigrun.workflow.internal.run.Engine;
import io.trigrun.workflow.internal.trigger.StoredTriggers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The addresses of jobs that webhooks start, apart from the jobs (row W7). */
final class TriggerRoutes {

  private static final ObjectShape ROTATED =
      WorkflowShapes.ADDRESS
          .extended("RotatedWebhookAddress", "The new address of a job; shown only now")
          .required("id", Shape.id("the job"))
          .required(WorkflowShapes.CONFIGURED, WorkflowShapes.IS_CONFIGURED);

  private final Engine engine;

  TriggerRoutes(Engine engine) {
    this.engine = engine;
  }

  List<Route> all() {
    return List.of(
        Route.post(
                "/jobs/{id}/rotate-token",
                "rotate_webhook_token",
                "Replaces the token in the address of a job; gives it one if it has none")
            .query(
                "overlap_seconds",
                Shape.whole("how long the old one works beside it; 0 by default")
                    .range(0, Triggers.LONGEST_OVERLAP.toSeconds()))
            .makes()
            .answers(200, ROTATED)
            .refuses(ErrorCode.CONFLICT)
            .to(this::rotate));
  }

  private Answer rotate(Call call) {
    UUID id = call.id();
    Job job = call.workspace().jobs().find(id).orElseThrow(() -> new NotFoundException("job", id));
    if (!StoredTriggers.isStartedByWebhook(job)) {
      throw new ConflictException(
          "expected a job of kind webhook_trigger, as others have no address");
    }
    StoredTriggers triggers = engine.triggers(call.workspace().name());
    Duration overlap =
        call.query("overlap_seconds")
            .map(Long::valueOf)
            .map(Duration::ofSeconds)
            .orElse(Duration.ZERO);
    TriggerWithToken issued =
        triggers.find(id).isPresent()
            ? triggers.rotate(id, overlap)
            : triggers.issue(id, TriggerSpec.unverified());
    return Answer.ok(
        JsonObject.builder()
            .put("id", id)
            .putAll(address(call, issued))
            .put(WorkflowShapes.CONFIGURED, issued.trigger().webhookSecretConfigured())
            .build());
  }

  static JsonObject address(Call call, TriggerWithToken issued) {
    return JsonObject.builder()
        .put("webhook_token", issued.token())
        .put("webhook_url", call.publicUrl("/triggers/" + issued.token()))
        .build();
  }

  static ConflictException withoutAddress(Job job) {
    return new ConflictException(
        "expected job " + job.name() + " to have an address; POST rotate-token gives it one");
  }
}
