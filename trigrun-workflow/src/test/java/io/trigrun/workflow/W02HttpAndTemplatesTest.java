package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.Job;
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
@DisplayName("W2: http steps, and templates that are filled in from context and trigger")
class W02HttpAndTemplatesTest extends Row {

  private final Service shop = new Service();

  W02HttpAndTemplatesTest(TestStore kind) {
    super(kind);
  }

  @AfterEach
  void closeShop() {
    shop.close();
  }

  @Test
  void what_a_webhook_brought_and_steps_found_is_escaped_for_its_place_and_keeps_its_type() {
    Job job =
        stage.job(
            "orders",
            Workflow.startedByWebhook(
                Step.http(
                        "customer",
                        StepRequest.get(
                                shop.url(
                                    "/customers/{{trigger.body.customer}}?ref={{trigger.query.ref}}"))
                            .header("X-Event", "{{trigger.headers['x-event']}}")
                            .build())
                    .with(extracting("name", "$.name")),
                Step.http(
                    "order",
                    StepRequest.post(shop.url("/orders"))
                        .jsonBody(
                            "{\"name\": \"{{context.name}}\", \"lines\": \"{{trigger.body.lines}}\","
                                + " \"text\": \"for {{context.name}}: {{trigger.body.lines}}\","
                                + " \"note\": \"{{trigger.body.note}}\"}")
                        .build())));
    shop.answers("/customers/4/2 ?", 200, "{\"name\": \"Ann \\\"A\\\"\"}");
    String token =
        stage
            .workflows
            .triggers()
            .issue(job.id(), TriggerSpec.unverified().withKeptHeaders("X-Event"))
            .token();

    deliver(
        token + "?ref=a%26b",
        "{\"customer\": \"4/2 ?\", \"lines\": [1, {\"x\": true}], \"note\": null}",
        "X-Event",
        "paid");

    assertThat(runs(job)).extracting(run -> run.state()).containsOnly(ExecutionState.SUCCEEDED);
    assertThat(shop.lines())
        .containsExactly("GET /customers/4%2F2%20%3F?ref=a%26b", "POST /orders");
    assertThat(shop.calls.get(0).header("X-event")).isEqualTo("paid");
    assertThat(shop.calls.get(1).body())
        .isEqualTo(
            "{\"name\":\"Ann \\\"A\\\"\",\"lines\":[1,{\"x\":true}],"
                + "\"text\":\"for Ann \\\"A\\\": [1,{\\\"x\\\":true}]\",\"note\":null}");
  }

  @Test
  void every_root_finds_what_it_is_named_for() {
    stage.trigrun.secrets().create("api-key", "s3cret-of-the-shop");
    shop.answers("/", call -> "{\"key\": \"" + call.header("Authorization") + "\"}");
    Workflow workflow =
        Workflow.of(
            Step.set("first", "{\"x\": 1}"),
            Step.http(
                "call",
                StepRequest.post(shop.url("/"))
                    .header("Authorization", "Bearer {{secret.api-key}}")
                    .jsonBody(
                        "{\"context\": \"{{context.x}}\", \"trigger\": \"{{trigger.body}}\","
                            + " \"steps\": \"{{steps.first.status}}\","
                            + " \"execution\": \"{{execution.id}}\", \"job\": \"{{job.name}}\","
                            + " \"kept\": \"{{job.context.kept}}\","
                            + " \"waits\": \"{{waits.later.resume_url}}\"}")
                    .build()),
            Step.forEach("each", "[\"a\"]", note("say", "\"{{index}}={{item}}\"")),
            Step.waitForWebhook("later"));
    Job job = stage.job("job", workflow);
    stage.workflows.contexts().patch(job.id(), Map.of("kept", Optional.of("yes")));

    UUID run = stage.run(workflow, "7");

    assertThat(shop.calls.get(0).header("Authorization")).isEqualTo("Bearer s3cret-of-the-shop");
    assertThat(json(shop.calls.get(0).body()))
        .isEqualTo(
            json(
                "{\"context\":1,\"trigger\":7,\"steps\":\"succeeded\",\"execution\":\""
                    + run
                    + "\",\"job\":\"job\",\"kept\":\"yes\",\"waits\":\""
                    + resumeUrl(run, "later")
                    + "\"}"));
    assertThat(stage.notes).containsExactly("say[0]:\"0=a\"");
    assertThat(stage.view(run).stepExecutions().toString()).doesNotContain("s3cret");
  }

  @Test
  void what_is_put_in_is_never_read_as_a_template_again() {
    stage.trigrun.secrets().create("key", "s3cret");
    UUID run =
        stage.run(
            Workflow.of(
                Step.http(
                    "call",
                    StepRequest.post(shop.url("/")).body("{{trigger.body.comment}}").build())),
            "{\"comment\": \"{{secret.key}} {{execution.id}} secret://key\"}");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(shop.calls.get(0).body()).isEqualTo("{{secret.key}} {{execution.id}} secret://key");
  }

  @Test
  void a_value_that_would_leave_its_place_fails_the_step_before_anything_is_sent() {
    Workflow header =
        Workflow.of(
            Step.http(
                "call",
                StepRequest.get(shop.url("/")).header("X-Name", "{{trigger.body}}").build()));
    Workflow path =
        Workflow.of(Step.http("call", StepRequest.get(shop.url("/a/{{trigger.body}}/b")).build()));

    assertThat(message(stage.run(header, "\"x\\r\\nHost: evil\""))).contains("X-Name");
    assertThat(message(stage.run(path, "\"..\""))).contains("..");
    assertThat(shop.calls).isEmpty();
  }

  @Test
  void what_finds_nothing_fails_the_step_and_says_what_unless_the_author_says_what_then() {
    UUID fails = stage.run(Workflow.of(note("n", "\"{{trigger.body.absent}}\"")), "{}");
    UUID goesOn = stage.run(Workflow.of(note("n", "\"{{trigger.body.absent ?? 3}}\"")), "{}");

    assertThat(stage.state(fails)).isEqualTo(ExecutionState.FAILED);
    assertThat(message(fails)).contains("trigger.body.absent");
    assertThat(stage.output(goesOn)).isEqualTo("3");
  }

  @Test
  void unknown_roots_and_steps_that_cannot_have_run_are_refused_all_at_once() {
    assertThat(
            problems(
                () ->
                    Workflow.of(
                        Step.http(
                            "call",
                            StepRequest.post(shop.url("/{{context.a}}/{{steps.later.output}}"))
                                .header("X", "{{waits.later.resume_url}}")
                                .jsonBody("{\"a\": {\"b\": \"{{item.x}}\"}}")
                                .build()),
                        note("later", "{\"home\": \"{{env.HOME}}\"}"))))
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).startsWith("/steps/0/request/url: expected a step that can have"),
            it -> assertThat(it).startsWith("/steps/0/request/headers/X: expected a wait_for_web"),
            it -> assertThat(it).startsWith("/steps/0/request/body/a/b: expected item only within"),
            it ->
                assertThat(it)
                    .startsWith("/steps/1/input/home: expected a reference that begins with one"));
  }

  @Test
  void an_answer_that_is_no_success_fails_the_run_and_is_shown() {
    shop.answers("/gone", 410, "{\"why\": \"sold\"}");
    UUID run =
        stage.run(Workflow.of(Step.http("c", StepRequest.get(shop.url("/gone")).build())), "{}");

    assertThat(stage.failure(run)).isEqualTo("HTTP_4XX");
    assertThat(stage.view(run).stepExecutions())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.status()).isEqualTo("failed");
              assertThat(step.statusCode()).contains(410);
              assertThat(step.error().orElseThrow().errorClass()).isEqualTo("HTTP_4XX");
            });
  }
}
