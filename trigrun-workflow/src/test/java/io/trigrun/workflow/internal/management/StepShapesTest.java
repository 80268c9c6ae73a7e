package io.trigrun.workflow.internal.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trigrun.route.JsonObject;
import io.trigrun.route.ShapeCheck;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.model.RandomWorkflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** That the shapes say what the reader reads. */
class StepShapesTest {

  private static final Pattern JSON =
      Pattern.compile("```json\\n(\\{\"kind\".*?)```", Pattern.DOTALL);

  /** All types with all their fields. */
  private static final String ALL =
      """
      {"steps": [
        {"id": "http", "type": "http", "when": {"all": [{"exists": "trigger.body"},
            {"not": {"left": "{{trigger.body}}", "is": "equals", "right": null}}]},
         "request": {"url": "https://a.example.com/{{trigger.body.id}}", "method": "POST",
           "headers": {"X": "{{secret.key}}"}, "body": {"a": "{{trigger.body}}"},
           "timeout_seconds": 5, "success_statuses": [200],
           "checks": [{"source": "json", "op": "exists", "path": "$.a"}], "follow_redirects": false},
         "timeout_seconds": 9, "on_error": "continue", "on_crash": "fail",
         "retry": {"max_attempts": 2, "initial_seconds": 0.5, "multiplier": 2, "max_seconds": 9, "jitter": 0},
         "extract": {"a": "$.a", "b": {"path": "$.b", "default": [1]}},
         "extract_to_context": {"c": "$.c"}},
        {"id": "handler", "type": "handler", "handler": "h", "input": [1]},
        {"id": "wait", "type": "wait_for_webhook", "on_timeout": {"continue": {"a": 1}}},
        {"id": "approval", "type": "approval", "title": "T", "message": "M", "review_fields": {"a": "b"},
         "approvers": ["Ann", "Bob"], "required": 2, "require_comment": true, "on_reject": "continue",
         "on_timeout": "reject", "timeout_seconds": 60},
        {"id": "switch", "type": "switch", "cases": [{"when": {"any": [{"exists": "context.a"}]},
           "steps": [{"id": "set", "type": "set", "values": {"a": 1}}]}],
         "otherwise": [{"id": "stop", "type": "stop", "outcome": "fail", "message": "no"}]},
        {"id": "parallel", "type": "parallel", "join": 1, "max_concurrent": 2, "branches": [
           {"name": "a", "steps": [{"id": "d1", "type": "delay", "for_seconds": 1.5}]},
           {"name": "b", "steps": [{"id": "d2", "type": "delay", "until": "{{trigger.body.at}}"}]}]},
        {"id": "each", "type": "foreach", "items": [1, 2], "join": "any", "max_concurrent": 1,
         "steps": [{"id": "job", "type": "workflow", "job": "other", "input": {}, "wait": false}]},
        {"id": "notify", "type": "notify", "channel": "c", "title": "t", "text": "x"},
        {"id": "done", "type": "stop", "outcome": "succeed", "output": {"a": 1}}],
       "max_workflow_duration_seconds": 60, "count_waiting": false}
      """;

  private static void check(String workflow) {
    JsonObject json = JsonObject.parse(workflow.getBytes(UTF_8)).without(List.of("kind"));
    ShapeCheck.check(json, WorkflowShapes.SETTINGS);
  }

  @Provide
  Arbitrary<Workflow> workflows() {
    return RandomWorkflows.any();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void what_any_workflow_is_written_as_has_the_shape(@ForAll("workflows") Workflow workflow) {
    assertThatCode(() -> check(workflow.toJson())).doesNotThrowAnyException();
  }

  @Test
  void each_field_that_the_reader_knows_is_in_the_shape() {
    check(ALL);
    check(Workflow.fromJson(ALL).toJson());
  }

  @Test
  void the_workflows_of_the_documentation_have_the_shape() throws IOException {
    Matcher found = JSON.matcher(Files.readString(Path.of("../docs/workflows.md")));
    assertThat(found.find()).isTrue();
    check(found.group(1));
  }

  @Test
  void what_is_wrong_is_told_by_its_place_however_deep() {
    String wrong =
        ALL.replace("\"wait\": false", "\"wait\": \"no\"")
            .replace("\"for_seconds\": 1.5", "\"for_second\": 1.5")
            .replace("\"type\": \"set\"", "\"type\": \"sat\"")
            .replace("\"join\": 1", "\"join\": []")
            .replace("\"is\": \"equals\"", "\"is\": \"like\"");
    assertThat(catchThrowableOfType(ValidationException.class, () -> check(wrong)).problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "/steps/0/when/all/1/not/is",
            "/steps/4/cases/0/steps/0/type",
            "/steps/5/branches/0/steps/0/for_second",
            "/steps/5/join",
            "/steps/6/steps/0/wait");
  }
}
