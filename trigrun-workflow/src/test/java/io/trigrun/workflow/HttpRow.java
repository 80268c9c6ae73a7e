package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.TrigRunBuilder;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/**
 * A row as somebody lives it who has nothing but HTTP; each answer is compared with the document.
 */
abstract class HttpRow extends Row {

  final ManagementClient client;

  HttpRow(
      TestStore kind,
      UnaryOperator<Workflows.Builder> workflowSettings,
      UnaryOperator<TrigRunBuilder> settings) {
    super(kind, workflowSettings, settings);
    client = ManagementClient.of(stage.trigrun, stage.workflows.routes());
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  static String workflow(String name, String... steps) {
    return job(name, "workflow", "", steps);
  }

  /** A job; {@code more} are further fields, each with a comma behind it. */
  static String job(String name, String kind, String more, String... steps) {
    return "{\"name\": \"%s\", \"kind\": \"%s\", %s \"steps\": [%s]}"
        .formatted(name, kind, more, String.join(", ", steps));
  }

  /** A step whose input is noted, and is its output. */
  static String noting(String id, String input) {
    return "{\"id\": \"%s\", \"type\": \"handler\", \"handler\": \"note\", \"input\": %s}"
        .formatted(id, input);
  }

  Reply created(String job) {
    Reply created = client.post("/jobs", job);
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    return created;
  }

  /** Runs a job now, as far as it can. */
  String runNow(String job) {
    Reply run = client.post("/jobs/" + job + "/run-now", "");
    assertThat(run.status()).as(run.toString()).isEqualTo(202);
    stage.driver.runDue();
    return run.at("/id");
  }

  String run(String job) {
    return runNow(created(job).at("/id"));
  }

  Reply execution(String id) {
    return client.get("/executions/" + id);
  }

  /** Posts to an absolute URL of an answer, and lets the run go on. */
  Reply post(Reply shown, String pointer, String body) {
    String url = shown.at(pointer);
    assertThat(url).startsWith(Stage.URL + "/v1/");
    Reply reply = client.post(url.substring((Stage.URL + "/v1").length()), body);
    stage.driver.runDue();
    return reply;
  }

  /** {@code id:status} of what has ended and of what is under way, in order. */
  static Iterable<String> steps(Reply execution) {
    return execution
        .json()
        .path("step_executions")
        .valueStream()
        .map(step -> step.path("step_id").asString() + ":" + step.path("status").asString())
        .toList();
  }

  /** The fields of a refusal's details. */
  static Iterable<String> fields(Reply refused) {
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    return refused.fields();
  }
}
