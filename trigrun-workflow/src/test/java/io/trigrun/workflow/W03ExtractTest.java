package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepRequest;
import io.trigrun.workflow.definition.Workflow;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("W3: extract, into the context of the run and into that of the job")
class W03ExtractTest extends Row {

  private final Service shop = new Service();

  W03ExtractTest(TestStore kind) {
    super(kind);
  }

  @AfterEach
  void closeShop() {
    shop.close();
  }

  private Map<String, String> jobContext() {
    return stage
        .workflows
        .contexts()
        .get(stage.trigrun.jobs().findByName("job").orElseThrow().id());
  }

  @Test
  void calls_callbacks_and_decisions_all_leave_parts_for_later_steps() {
    shop.answers("/", 200, "{\"lines\": [{\"id\": 1, \"price\": 5}, {\"id\": 2, \"price\": 50}]}");
    UUID run =
        stage.run(
            Workflow.of(
                Step.http("call", StepRequest.get(shop.url("/")).build())
                    .with(extracting("dear", "$.lines[?@.price > 10].id")),
                Step.waitForWebhook("paid").with(extracting("receipt", "$.receipt")),
                Step.approval("review", "Ship?").with(extracting("why", "$.comment")),
                note("all", "\"{{context.dear}} {{context.receipt}} {{context.why}}\"")),
            "{}");
    stage.post(resumeUrl(run, "paid"), "{\"receipt\": \"r-1\"}");
    stage.post(waiting(run, "review").path("approve_url").stringValue(), "{\"comment\": \"fine\"}");

    assertThat(stage.output(run)).isEqualTo("\"[2] r-1 fine\"");
  }

  @Test
  void a_path_that_finds_nothing_fails_the_step_unless_there_is_a_default() {
    UUID fails = stage.run(Workflow.of(note("n", "{}").with(extracting("a", "$.order.id"))), "{}");
    UUID goesOn =
        stage.run(
            Workflow.of(
                note("n", "{}").with(PLAIN.extract("a", Extract.of("$.order.id").orElse("null"))),
                note("then", "{\"a\": \"{{context.a}}\"}")),
            "{}");

    assertThat(stage.failure(fails)).isEqualTo("EXTRACT_FAILED");
    assertThat(message(fails)).contains("$.order.id");
    assertThat(stage.output(goesOn)).isEqualTo("{\"a\":null}");
  }

  @Test
  void the_job_keeps_texts_as_they_are_all_else_as_json_and_drops_what_is_null() {
    Workflow workflow =
        Workflow.of(
            note("seen", "\"{{job.context.text ?? \\\"nothing\\\"}}\""),
            note("n", "\"{{trigger.body}}\"")
                .with(
                    PLAIN
                        .extractToContext("text", Extract.of("$.text"))
                        .extractToContext("tree", Extract.of("$.tree"))
                        .extractToContext("old", Extract.of("$.old"))));

    UUID first =
        stage.run(workflow, "{\"text\": \"a\\\"b\", \"tree\": {\"x\": [1]}, \"old\": 1.5}");
    assertThat(jobContext())
        .containsOnly(
            Map.entry("text", "a\"b"), Map.entry("tree", "{\"x\":[1]}"), Map.entry("old", "1.5"));
    stage.run(workflow, "{\"text\": \"c\", \"tree\": true, \"old\": null}");

    assertThat(stage.state(first)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(stage.notes).contains("seen[]:\"nothing\"", "seen[]:\"a\\\"b\"");
    assertThat(jobContext()).containsOnly(Map.entry("text", "c"), Map.entry("tree", "true"));
  }

  @Test
  void the_next_step_finds_what_the_one_before_has_left_for_the_job() {
    UUID run =
        stage.run(
            Workflow.of(
                note("n", "{\"c\": \"42\"}")
                    .with(PLAIN.extractToContext("cursor", Extract.of("$.c"))),
                note("next", "\"{{job.context.cursor}}\"")),
            "{}");

    assertThat(stage.output(run)).isEqualTo("\"42\"");
  }

  @Test
  void what_was_left_stays_although_the_run_fails_later() {
    UUID run =
        stage.run(
            Workflow.of(
                note("n", "{\"c\": \"42\"}")
                    .with(PLAIN.extractToContext("cursor", Extract.of("$.c"))),
                Step.fail("no", "too bad")),
            "{}");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.FAILED);
    assertThat(jobContext()).containsExactly(Map.entry("cursor", "42"));
  }

  @Test
  void branches_lose_none_of_each_others_keys_and_the_last_write_of_one_wins() {
    Workflow workflow =
        Workflow.of(
            Step.parallel(
                "both",
                Branch.of("left", leaves("l", "left"), Step.waitForWebhook("w"), leaves("l2", "x")),
                Branch.of("right", leaves("r", "right"), leaves("r2", "x"))));
    UUID run = stage.run(workflow, "{}");
    UUID job = stage.execution(run).jobId().orElseThrow();
    stage.workflows.contexts().patch(job, Map.of("x", Optional.of("host")));
    assertThat(jobContext()).containsEntry("x", "host");
    stage.post(resumeUrl(run, "w"), "{}");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(jobContext())
        .containsOnly(Map.entry("left", "l"), Map.entry("right", "r"), Map.entry("x", "l2"));
  }

  private static Step leaves(String id, String key) {
    return note(id, "\"" + id + "\"").with(PLAIN.extractToContext(key, Extract.of("$")));
  }

  @Test
  void what_is_no_jsonpath_or_no_name_is_refused_with_its_place() {
    assertThat(
            problems(
                () ->
                    Workflow.fromJson(
                        """
                        {"steps": [
                          {"id": "a", "type": "set", "values": {}, "extract": {"x": "order.id"}},
                          {"id": "b", "type": "set", "values": {}, "extract_to_context": {"y": "$..["}}]}
                        """)))
        .satisfiesExactly(
            it -> assertThat(it).startsWith("/steps/0/extract/x"),
            it -> assertThat(it).startsWith("/steps/1/extract_to_context/y"));
    assertThat(problems(() -> note("a", "1").with(extracting("a b", "$"))))
        .singleElement()
        .asString()
        .startsWith("extract: expected names of 1 to 100 letters");
  }
}
