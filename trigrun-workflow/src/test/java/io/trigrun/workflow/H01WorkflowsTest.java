package io.trigrun.workflow;

import static io.trigrun.contract.http.ManagementClient.READER;
import static io.trigrun.contract.http.ManagementClient.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.contract.http.Reply;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnEveryStore
@DisplayName("H1: workflows, their runs and contexts over HTTP (W1, W4 to W6, W9, W15, W16)")
class H01WorkflowsTest extends HttpRow {

  private static final AtomicBoolean IS_BROKEN = new AtomicBoolean();
  private static final String PRICE = "12345678901234567890.10";
  private static final String FRAGILE =
      "{\"id\": \"f\", \"type\": \"handler\", \"handler\": \"fragile\", \"input\": 1}";
  private static final String WAIT = "{\"id\": \"w\", \"type\": \"wait_for_webhook\"}";

  private final Service service = new Service();

  H01WorkflowsTest(TestStore kind) {
    super(
        kind,
        workflows ->
            workflows.handler(
                "fragile",
                JsonNode.class,
                (input, step) -> {
                  if (IS_BROKEN.get()) {
                    throw new StepFailedException("BROKEN", "not now");
                  }
                  return input;
                }),
        trigrun -> trigrun);
    IS_BROKEN.set(false);
  }

  @AfterEach
  void closeService() {
    service.close();
  }

  @Test
  void a_record_is_enriched_approved_and_written_each_hour() {
    service.answers("/next", 200, "{\"order\": {\"id\": 7, \"price\": " + PRICE + "}}");
    Reply created =
        created(
            """
            {"name": "order-review", "kind": "workflow", "schedule": {"cron": "0 * * * *"},
             "steps": [
               {"id": "enrich", "type": "http", "request": {"url": "%s"},
                "extract": {"order": "$.order"}, "extract_to_context": {"last": "$.order.id"}},
               {"id": "review", "type": "approval", "message": "Ship {{context.order.id}}?",
                "timeout_seconds": 1200},
               {"id": "write", "type": "http", "request": {"method": "POST", "url": "%s",
                "body": {"order": "{{context.order}}", "by": "{{steps.review.output.comment}}"}}}]}
            """
                .formatted(service.url("/next"), service.url("/orders")));
    assertThat(created.at("/kind")).isEqualTo("workflow");
    assertThat(created.at("/steps/1/message")).isEqualTo("Ship {{context.order.id}}?");
    assertThat(created.at("/max_workflow_duration_seconds")).isEqualTo("1800");
    assertThat(created.at("/max_concurrent_executions")).isEqualTo("1");
    assertThat(created.at("/next_run_at")).isEqualTo("2026-03-16T11:00:00.000Z");
    String job = created.at("/id");

    stage.driver.advance(Duration.ofHours(1));
    String run = client.get("/executions?job_id=" + job + "&status=waiting").at("/items/0/id");
    Reply parked = execution(run);
    assertThat(parked.at("/status")).isEqualTo("waiting");
    assertThat(parked.at("/waiting_reason")).isEqualTo("approval");
    assertThat(parked.at("/waiting_expires_at")).isEqualTo("2026-03-16T11:20:00.000Z");
    assertThat(parked.at("/waiting_payload/message")).isEqualTo("Ship 7?");
    assertThat(parked.at("/waiting_payload/review_url")).startsWith(Stage.URL + "/v1/approvals/");
    assertThat(parked.at("/waiting_payload/reject_url")).endsWith("/reject");
    assertThat(parked.json().at("/final_output").isNull()).isTrue();
    assertThat(steps(parked)).containsExactly("enrich:succeeded", "review:waiting");
    assertThat(parked.at("/step_executions/0/status_code")).isEqualTo("200");
    assertThat(parked.body()).as("numbers have all their digits").contains(PRICE);

    assertThat(post(parked, "/waiting_payload/approve_url", "{\"comment\": \"ok\"}").status())
        .isEqualTo(200);

    Reply ended = execution(run);
    assertThat(ended.at("/status")).isEqualTo("succeeded");
    assertThat(ended.json().at("/waiting_reason").isNull()).isTrue();
    assertThat(ended.json().path("waits").isEmpty()).isTrue();
    assertThat(ended.json().path("final_output")).isEqualTo(ended.json().path("output"));
    assertThat(service.calls.get(1).body()).contains(PRICE, "\"by\":\"ok\"");
    assertThat(client.get("/jobs/" + job + "/context").body()).isEqualTo("{\"last\":\"7\"}");
  }

  @Test
  void a_callback_resumes_what_waits_for_it_and_is_its_output() {
    String run = run(workflow("waits", WAIT, noting("n", "\"{{steps.w.output.paid}}\"")));
    Reply parked = execution(run);
    assertThat(parked.at("/waiting_reason")).isEqualTo("wait_for_webhook");
    assertThat(parked.at("/waits/0/step_id")).isEqualTo("w");
    assertThat(parked.json().at("/waits/0/payload"))
        .isEqualTo(parked.json().at("/waiting_payload"));

    assertThat(post(parked, "/waiting_payload/resume_url", "{\"paid\": 3}").status())
        .isEqualTo(200);

    assertThat(stage.notes).containsExactly("n[]:3");
    assertThat(execution(run).at("/final_output")).isEqualTo("3");
    assertThat(execution(run).at("/step_executions/0/output/paid")).isEqualTo("3");
  }

  @Test
  void who_may_only_read_sees_that_a_run_waits_and_not_how_to_answer() {
    String run =
        run(
            workflow(
                "asks",
                "{\"id\": \"a\", \"type\": \"approval\", \"message\": \"Now?\","
                    + " \"approvers\": [\"Ann\", \"Bob\"]}"));
    assertThat(execution(run).at("/waiting_payload/approvers/Bob/approve_url"))
        .endsWith("/approve");

    Reply shown = client.as(READER).get("/executions/" + run);

    assertThat(shown.at("/waiting_reason")).isEqualTo("approval");
    assertThat(shown.at("/waiting_payload/message")).isEqualTo("Now?");
    assertThat(shown.body()).doesNotContain(Stage.URL);
    assertThat(client.as(STRANGER).get("/executions/" + run).status()).isEqualTo(404);
  }

  @Test
  void a_run_shows_the_steps_that_it_began_with_whatever_is_saved_meanwhile() {
    Reply job = created(workflow("changes", WAIT, noting("old", "1")));
    String run = runNow(job.at("/id"));

    Reply changed =
        client.patch("/jobs/" + job.at("/id"), "{\"steps\": [" + noting("new", "2") + "]}");

    assertThat(changed.at("/steps/0/id")).isEqualTo("new");
    assertThat(changed.json().path("steps").size()).isEqualTo(1);
    assertThat(execution(run).at("/steps/1/id")).isEqualTo("old");
    post(execution(run), "/waiting_payload/resume_url", "{}");
    runNow(job.at("/id"));
    assertThat(stage.notes).containsExactly("old[]:1", "new[]:2");
  }

  @Test
  void a_run_that_has_failed_goes_on_from_the_step_that_failed() {
    IS_BROKEN.set(true);
    String run = run(workflow("breaks", noting("before", "1"), FRAGILE, noting("after", "2")));
    Reply failed = execution(run);
    assertThat(failed.at("/status")).isEqualTo("failed");
    assertThat(failed.at("/step_executions/1/error/class")).isEqualTo("BROKEN");
    assertThat(client.as(READER).post("/executions/" + run + "/retry", "").status()).isEqualTo(403);
    assertThat(client.as(STRANGER).post("/executions/" + run + "/retry", "").status())
        .isEqualTo(404);
    IS_BROKEN.set(false);

    Reply retried = client.post("/executions/" + run + "/retry", "");
    assertThat(retried.status()).isEqualTo(202);
    assertThat(retried.at("/id")).isEqualTo(run);
    stage.driver.runDue();

    assertThat(steps(execution(run)))
        .containsExactly("before:succeeded", "f:failed", "f:succeeded", "after:succeeded");
    assertThat(stage.notes).containsExactly("before[]:1", "after[]:2");
    assertThat(client.post("/executions/" + run + "/retry", "").code()).isEqualTo("conflict");
  }

  @Test
  void what_is_no_workflow_has_nothing_of_one() {
    String plain =
        run(
            "{\"name\": \"plain\", \"kind\": \"manual\", \"handler\": \"plain\", \"payload\":"
                + " \"x\"}");

    assertThat(execution(plain).at("/status")).isEqualTo("succeeded");
    assertThat(execution(plain).body()).doesNotContain("step_executions", "trigger_input");
    assertThat(client.post("/executions/" + plain + "/retry", "").code()).isEqualTo("conflict");
  }

  @Test
  void all_that_is_wrong_with_steps_is_told_by_their_places() {
    Reply misshapen =
        client.post(
            "/jobs",
            workflow(
                "wrong",
                "{\"id\": \"a\", \"type\": \"http\", \"request\": {\"uri\": \"x\"}}",
                "{\"id\": \"b\", \"type\": \"delay\", \"for_seconds\": \"1\", \"retry\": {}}"));
    assertThat(fields(misshapen))
        .containsExactlyInAnyOrder(
            "/steps/0/request/uri",
            "/steps/0/request/url",
            "/steps/1/for_seconds",
            "/steps/1/retry");

    Reply senseless =
        client.post(
            "/jobs",
            workflow(
                "",
                noting("1st", "1"),
                "{\"id\": \"a\", \"type\": \"delay\", \"for_seconds\": 0}",
                "{\"id\": \"b\", \"type\": \"http\", \"request\": {\"url\": \"ftp://x\"}}"));
    assertThat(fields(senseless))
        .containsExactlyInAnyOrder(
            "/name", "/steps/0/id", "/steps/1/for_seconds", "/steps/2/request/url");
    assertThat(client.get("/jobs").json().path("items").isEmpty()).isTrue();
  }

  @Test
  void a_patch_of_the_context_changes_what_it_names_and_null_deletes() {
    String path = "/jobs/" + created(workflow("job", noting("n", "1"))).at("/id") + "/context";
    assertThat(client.get(path).body()).isEqualTo("{}");

    assertThat(client.patch(path, "{\"a\": \"1\", \"b/c\": \"Ä \\\"2\\\"\"}").status())
        .isEqualTo(200);
    Reply after = client.patch(path, "{\"a\": null, \"x\": null, \"d\": \"\"}");

    assertThat(after.body()).isEqualTo("{\"b/c\":\"Ä \\\"2\\\"\",\"d\":\"\"}");
    assertThat(client.get(path).body()).isEqualTo(after.body());
    assertThat(client.as(READER).get(path).body()).isEqualTo(after.body());
    assertThat(client.as(READER).patch(path, "{}").status()).isEqualTo(403);
  }

  @Test
  void a_context_that_was_changed_meanwhile_is_left_alone_by_who_says_so() {
    String path = "/jobs/" + created(workflow("job", noting("n", "1"))).at("/id") + "/context";
    String empty = client.get(path).header("ETag").orElseThrow();
    String first =
        client.patch(path, "{\"a\": \"1\"}", "If-Match", empty).header("ETag").orElseThrow();

    assertThat(client.patch(path, "{\"a\": \"2\"}", "If-Match", empty).status()).isEqualTo(412);
    assertThat(client.get(path).header("ETag")).contains(first);
    assertThat(client.patch(path, "{\"a\": \"3\"}", "If-Match", first).status()).isEqualTo(200);
    assertThat(client.get(path).body()).isEqualTo("{\"a\":\"3\"}");
  }

  @Test
  void a_context_takes_texts_only_and_is_as_unknown_elsewhere_as_one_that_nobody_has() {
    String path = "/jobs/" + created(workflow("job", noting("n", "1"))).at("/id") + "/context";

    assertThat(fields(client.patch(path, "{\"a\": 1, \"b\": {\"c\": \"d\"}}")))
        .containsExactly("/a", "/b");
    assertThat(fields(client.patch(path, "{\" \": \"1\"}"))).containsExactly("");
    assertThat(fields(client.patch(path, "{\"big\": \"" + "x".repeat(262_144) + "\"}")))
        .containsExactly("");
    assertThat(client.get(path).body()).isEqualTo("{}");
    for (String unknown : new String[] {path, "/jobs/" + UUID.randomUUID() + "/context"}) {
      assertThat(client.as(STRANGER).get(unknown).status()).isEqualTo(404);
      assertThat(client.as(STRANGER).patch(unknown, "{\"a\": \"1\"}").status()).isEqualTo(404);
    }
  }
}
