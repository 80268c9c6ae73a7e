package io.trigrun.workflow.internal.management;

import io.trigrun.Job;
import io.trigrun.JobAction;
import io.trigrun.Json;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.JobKind;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.definition.Workflow.Start;
import io.trigrun.workflow.internal.expression.JsonText;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Jobs of several steps (row W1) that run by a schedule, or when somebody asks. */
class WorkflowKind implements JobKind {

  private static final String KIND = "kind";

  private final Start start;

  WorkflowKind(Start start) {
    this.start = start;
  }

  @Override
  public final String name() {
    return start.kind();
  }

  @Override
  public ObjectShape settings() {
    return WorkflowShapes.SETTINGS;
  }

  @Override
  public Map<String, String> examples() {
    return Map.of(
        "workflow_job",
        """
        {"name": "order-review", "kind": "workflow", "schedule": {"cron": "0 * * * *"},
         "steps": [
           {"id": "order", "type": "http", "request": {"url": "https://erp.example.com/orders/next"}},
           {"id": "review", "type": "approval", "title": "Ship order {{steps.order.output.id}}?",
            "timeout_seconds": 3600},
           {"id": "ship", "type": "http",
            "request": {"url": "https://erp.example.com/shipments", "method": "POST",
              "body": {"order": "{{steps.order.output.id}}"}},
            "retry": {"max_attempts": 3}}]}""");
  }

  @Override
  public JobAction action(JsonObject settings) {
    JsonObject.Builder workflow = JsonObject.builder().put(KIND, name());
    WorkflowShapes.SETTINGS
        .fields()
        .forEach(
            field ->
                settings.json(field.name()).ifPresent(value -> workflow.put(field.name(), value)));
    return Workflow.fromJson(workflow.build().json());
  }

  @Override
  public final JsonObject settings(Job job) {
    JsonObject.Builder settings = JsonObject.builder();
    if (job.spec().action() instanceof ExtensionAction action) {
      for (Map.Entry<String, JsonNode> field : JsonText.read(action.document()).properties()) {
        if (!field.getKey().equals(KIND)) {
          settings.put(field.getKey(), new Json(JsonText.write(field.getValue())));
        }
      }
    }
    return settings.build();
  }
}
