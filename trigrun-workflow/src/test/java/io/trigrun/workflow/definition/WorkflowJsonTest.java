package io.trigrun.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.StepOptions.OnCrash;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.SwitchStep.Case;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowJsonTest {

  /** Every type of step, and every option of one. */
  static Workflow everything() {
    return Workflow.startedByWebhook(
            Step.handler("first", "ship-order")
                .input("{\"order\":\"{{trigger.body.id}}\",\"exact\":1.50}")
                .with(
                    StepOptions.none()
                        .when(
                            Condition.all(
                                Condition.compare(
                                    "{{trigger.body.amount}}", Comparison.GREATER_OR_EQUAL, "10"),
                                Condition.any(
                                    Condition.exists("trigger.query.force"),
                                    Condition.not(
                                        Condition.compare(
                                            "{{context.tag}}", Comparison.CONTAINS, "\"x\"")))))
                        .timeout(Duration.ofSeconds(90))
                        .retry(StepRetry.attempts(4))
                        .onError(OnError.CONTINUE)
                        .onCrash(OnCrash.FAIL)
                        .extract("id", Extract.of("$.id"))
                        .extract("name", Extract.of("$.name").orElse("null"))
                        .extractToContext("cursor", Extract.of("$.cursor"))),
            Step.waitForWebhook("wait")
                .onTimeout(OnTimeout.continueWith("{\"late\":true}"))
                .with(StepOptions.none().timeout(Duration.ofMinutes(5))),
            Step.approval("review", "Ship {{context.id}}?")
                .title("Shipping")
                .reviewField("Order", "{{context.id}}")
                .approvers(2, "ann", "bob", "cid")
                .requiringComment()
                .continuingOnReject()
                .onTimeout(OnTimeout.reject()),
            Step.choose(
                    "way",
                    Case.when(
                        Condition.compare("{{context.id}}", Comparison.EQUALS, "1"),
                        Step.set("one", "{\"a\":\"{{context.id}}\"}")))
                .otherwise(Step.delay("pause", Duration.ofMillis(1500))),
            Step.parallel(
                    "both",
                    Branch.of("left", Step.runJob("run", "other").input("{\"n\":1}")),
                    Branch.of("right", Step.delayUntil("until", "2030-01-01T00:00:00Z")))
                .join(Join.any())
                .maxConcurrent(3),
            Step.forEach(
                    "each",
                    "{{trigger.body.lines}}",
                    Step.tell("tell", "ops", "Line {{index}}", "{{item.text}}"),
                    Step.runJob("more", "other").withoutWaiting())
                .join(Join.atLeast(2)),
            Step.fail("no", "not {{steps.way.status}}"),
            Step.succeed("yes").output("{\"sent\":\"{{steps.each.output}}\"}"))
        .maxDuration(Duration.ofHours(1))
        .withoutCountingWaits();
  }

  @Test
  void a_workflow_is_the_same_in_java_and_in_json() {
    Workflow workflow = everything();

    Workflow again = Workflow.fromJson(workflow.toJson());

    assertThat(again).isEqualTo(workflow);
    assertThat(again.toJson()).isEqualTo(workflow.toJson());
  }

  @Test
  void the_json_is_what_the_docs_show() {
    assertThat(
            Workflow.of(
                    Step.approval("review", "Ship?"),
                    Step.handler("ship", "ship-order").input("{\"id\": \"{{trigger.body.id}}\"}"))
                .toJson())
        .isEqualTo(
            "{\"kind\":\"workflow\",\"steps\":["
                + "{\"id\":\"review\",\"type\":\"approval\",\"message\":\"Ship?\"},"
                + "{\"id\":\"ship\",\"type\":\"handler\",\"handler\":\"ship-order\","
                + "\"input\":{\"id\":\"{{trigger.body.id}}\"}}],"
                + "\"max_workflow_duration_seconds\":1800}");
  }

  private static List<String> problems(String json) {
    return catchThrowableOfType(ValidationException.class, () -> Workflow.fromJson(json))
        .problems()
        .stream()
        .map(Problem::message)
        .toList();
  }

  @Test
  void all_problems_are_told_at_once_by_json_pointers() {
    assertThat(
            problems(
                """
                {"kind": "job", "max_workflow_duration_seconds": "long", "extra": 1, "steps": [
                  {"id": "9", "type": "handler", "handler": "x"},
                  {"id": "b", "type": "teleport"},
                  {"id": "c", "type": "delay", "for_seconds": 1, "until": "2030-01-01T00:00:00Z"},
                  {"id": "d", "type": "set", "values": [1], "color": "red"},
                  {"id": "e", "type": "switch", "cases": [{"when": {"left": 1, "is": "like", "right": 2}, "steps": [
                    {"id": "f", "type": "notify", "channel": "ops"}]}]}]}
                """))
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).startsWith("/kind: expected workflow or webhook_trigger"),
            it ->
                assertThat(it)
                    .startsWith("/max_workflow_duration_seconds: expected a whole number"),
            it -> assertThat(it).startsWith("/extra: expected one of"),
            it -> assertThat(it).startsWith("/steps/0/id: expected a letter"),
            it -> assertThat(it).startsWith("/steps/1/type: expected http,"),
            it -> assertThat(it).startsWith("/steps/2/for_seconds: expected either"),
            it -> assertThat(it).startsWith("/steps/3/values: expected a JSON object"),
            it -> assertThat(it).startsWith("/steps/3/color: expected one of"),
            it -> assertThat(it).startsWith("/steps/4/cases/0/when/is: expected one of equals"),
            it -> assertThat(it).startsWith("/steps/4/cases/0/steps/0/title: expected a text"));
  }

  @Test
  void references_that_can_find_nothing_are_refused() {
    assertThat(
            problems(
                """
                {"steps": [
                  {"id": "a", "type": "set", "values": {
                     "unknown": "{{nowhere.x}}", "later": "{{steps.b.output}}", "self": "{{steps.a.output}}",
                     "item": "{{item.x}}", "wait": "{{waits.a.resume_url}}", "word": "{{trigger.cookies}}"}},
                  {"id": "b", "type": "foreach", "items": [1], "steps": [
                     {"id": "c", "type": "set", "values": {"ok": "{{item}} {{steps.a.output}}"}},
                     {"id": "w", "type": "wait_for_webhook", "timeout_seconds": 5}]},
                  {"id": "d", "type": "set", "values": {"inside": "{{steps.c.output}}", "link": "{{waits.w.resume_url}}"}},
                  {"id": "d", "type": "delay", "for_seconds": 1, "retry": {"max_attempts": 3}}]}
                """))
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).startsWith("/steps/3/id: expected an id that no other step has"),
            it -> assertThat(it).startsWith("/steps/3/retry: expected none"));
    assertThat(
            problems(
                """
                {"steps": [
                  {"id": "a", "type": "set", "values": {
                     "unknown": "{{nowhere.x}}", "later": "{{steps.b.output}}", "self": "{{steps.a.output}}",
                     "item": "{{item.x}}", "wait": "{{waits.a.resume_url}}", "word": "{{trigger.cookies}}"}},
                  {"id": "b", "type": "foreach", "items": [1], "steps": [
                     {"id": "c", "type": "set", "values": {"ok": "{{item}} {{steps.a.output}}"}},
                     {"id": "w", "type": "wait_for_webhook", "timeout_seconds": 5}]},
                  {"id": "d", "type": "set", "values": {"inside": "{{steps.c.output}}", "link": "{{waits.w.resume_url}}"}}]}
                """))
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).startsWith("/steps/0/values/unknown: "),
            it ->
                assertThat(it)
                    .startsWith("/steps/0/values/later: expected a step that can have run"),
            it ->
                assertThat(it)
                    .startsWith("/steps/0/values/self: expected a step that can have run"),
            it -> assertThat(it).startsWith("/steps/0/values/item: expected item only within"),
            it -> assertThat(it).startsWith("/steps/0/values/wait: expected a wait_for_webhook"),
            it -> assertThat(it).startsWith("/steps/0/values/word: expected one of [body"),
            it ->
                assertThat(it)
                    .startsWith("/steps/2/values/inside: expected a step that can have run"),
            it -> assertThat(it).startsWith("/steps/2/values/link: expected a wait_for_webhook"));
  }

  @Test
  void a_placeholder_without_quotation_marks_is_told_where_it_belongs() {
    assertThatThrownBy(() -> Step.handler("h", "ship").input("{{trigger.body}}"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("input: expected a JSON text, placeholders within its strings");
    assertThatThrownBy(() -> Step.handler("h", "ship").input("{"))
        .hasMessageContaining("input: expected a JSON text, got one that can't be read");
  }
}
