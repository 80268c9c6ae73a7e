package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;
import io.trigrun.workflow.definition.Workflow.Start;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads a {@link Workflow}. */
final class WorkflowReader {

  private static final int LONGEST = 1_048_576;

  private WorkflowReader() {}

  static Workflow read(String json) {
    Problems.require(
        json.length() <= LONGEST,
        "/",
        "at most " + LONGEST + " characters",
        json.length() + " characters");
    JsonNode tree = JsonTexts.tree("/", json);
    Problems problems = new Problems();
    JsonFields fields = new JsonFields(tree, "", problems);
    Start start = start(fields);
    Optional<Duration> duration = fields.seconds("max_workflow_duration_seconds");
    boolean countWaiting = fields.flag("count_waiting", true);
    List<Step> steps = new StepReader(problems).list(fields, "steps");
    fields.refuseOthers();
    problems.throwIfAny();
    return new Workflow(start, steps, duration.orElse(Workflow.DEFAULT_DURATION), countWaiting);
  }

  private static Start start(JsonFields fields) {
    String kind = fields.maybeText("kind").orElse("workflow");
    for (Start start : Start.values()) {
      if (start.kind().equals(kind)) {
        return start;
      }
    }
    fields.problems().add("/kind", "workflow or webhook_trigger", kind);
    return Start.SCHEDULE;
  }
}
