package io.trigrun.contract.feature;

import static io.trigrun.contract.http.ManagementClient.READER;
import static io.trigrun.contract.http.ManagementClient.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import io.trigrun.http.HttpAction;
import io.trigrun.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rows S7 and S13 over HTTP. */
abstract class H01Executions extends FeatureTest {

  private Target target;
  private TrigRun trigrun;
  private ManagementClient client;
  private Job job;

  @BeforeEach
  void serve() {
    target = closing(new Target());
    trigrun = open(manual());
    client = closing(ManagementClient.of(trigrun));
    job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("sync")
                    .schedule(Schedule.everyMinutes(1))
                    .action(
                        HttpAction.get(target.url("/sync")).output("etag", "header:ETag").build())
                    .retry(RetryPolicy.attempts(2))
                    .build());
  }

  @Test
  void an_execution_shows_its_attempts_with_what_was_answered() {
    target.answers(503, "down", "X-Request-Id", "r-1").answers(200, "fine", "ETag", "v1");
    UUID id = trigrun.jobs().runNow(job.id()).id();
    run();
    Reply reply = client.get("/executions/" + id);
    assertThat(reply.at("/status")).isEqualTo("succeeded");
    assertThat(reply.at("/job_id")).isEqualTo(job.id().toString());
    assertThat(reply.at("/job_name")).isEqualTo("sync");
    assertThat(reply.at("/trigger")).isEqualTo("run_now");
    assertThat(reply.at("/attempt")).isEqualTo("2");
    assertThat(reply.at("/output/etag")).isEqualTo("v1");
    JsonNode first = reply.json().at("/attempts/0");
    assertThat(first.path("number").intValue()).isEqualTo(1);
    assertThat(first.path("status").stringValue()).isEqualTo("HTTP_ERROR");
    assertThat(first.path("status_code").intValue()).isEqualTo(503);
    assertThat(first.path("error_class").stringValue()).isEqualTo("HTTP_5XX");
    assertThat(first.path("body_preview").stringValue()).isEqualTo("down");
    assertThat(first.at("/response_headers").toString()).contains("r-1");
    assertThat(first.path("latency_ms").isIntegralNumber()).isTrue();
    assertThat(reply.at("/attempts/1/status")).isEqualTo("SUCCESS");
    assertThat(reply.json().at("/attempts/1/error_class").isNull()).isTrue();
  }

  @Test
  void executions_are_listed_newest_first_by_job_and_status_and_without_the_librarys_own() {
    target.answers(404, "").answers(200, "");
    UUID failed = trigrun.jobs().runNow(job.id()).id();
    run();
    UUID succeeded = trigrun.jobs().runNow(job.id()).id();
    run();
    UUID queued = trigrun.jobs().runNow(job.id()).id();
    assertThat(ids(client.get("/executions?job_id=" + job.id())))
        .as("the schedule's own execution is none of theirs")
        .containsExactly(queued, succeeded, failed);
    assertThat(ids(client.get("/executions?status=failed"))).containsExactly(failed);
    assertThat(ids(client.get("/executions?status=queued"))).containsExactly(queued);
    assertThat(client.get("/executions?status=failed").at("/items/0/error_class"))
        .isEqualTo("HTTP_4XX");
    assertThat(client.get("/executions?status=done").code()).isEqualTo("validation_failed");
    assertThat(client.get("/executions?job_id=x").code()).isEqualTo("validation_failed");
    assertThat(client.get("/executions?jobid=x").code()).isEqualTo("validation_failed");
    assertThat(ids(client.get("/executions?job_id=" + UUID.randomUUID()))).isEmpty();

    List<UUID> paged = new ArrayList<>();
    String cursor = "";
    do {
      Reply page = client.get("/executions?limit=1" + cursor);
      paged.addAll(ids(page));
      cursor = page.json().has("next_cursor") ? "&cursor=" + page.at("/next_cursor") : "";
    } while (!cursor.isEmpty());
    assertThat(paged).containsExactly(queued, succeeded, failed);
  }

  @Test
  void an_execution_is_replayed_as_a_new_one() {
    UUID id = trigrun.jobs().runNow(job.id()).id();
    run();
    Reply replay = client.post("/executions/" + id + "/replay", "", "Idempotency-Key", "r");
    assertThat(replay.status()).isEqualTo(202);
    assertThat(replay.at("/replay_of")).isEqualTo(id.toString());
    assertThat(replay.at("/status")).isEqualTo("queued");
    assertThat(client.post("/executions/" + id + "/replay", "", "Idempotency-Key", "r").body())
        .isEqualTo(replay.body());
    trigrun.jobs().delete(job.id());
    assertThat(client.post("/executions/" + id + "/replay", "").code()).isEqualTo("conflict");
    Reply orphan = client.get("/executions/" + id);
    assertThat(orphan.at("/job_id")).isEqualTo(job.id().toString());
    assertThat(orphan.json().path("job_name").isNull()).isTrue();
  }

  @Test
  void an_execution_that_has_not_ended_is_cancelled() {
    UUID id = trigrun.jobs().runNow(job.id()).id();
    Reply cancelled = client.post("/executions/" + id + "/cancel", "");
    assertThat(cancelled.at("/status")).isEqualTo("cancelled");
    assertThat(cancelled.at("/error_class")).isEqualTo("CANCELLED");
    assertThat(cancelled.at("/error")).isEqualTo("cancelled by writer");
    Reply again = client.post("/executions/" + id + "/cancel", "");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("it is cancelled");
  }

  @Test
  void the_librarys_own_and_those_of_others_are_not_there() {
    UUID own = job.cursor().orElseThrow();
    UUID id = trigrun.jobs().runNow(job.id()).id();
    for (ManagementClient who : List.of(client, client.as(STRANGER))) {
      UUID hidden = who == client ? own : id;
      assertThat(who.get("/executions/" + hidden).status()).isEqualTo(404);
      assertThat(who.post("/executions/" + hidden + "/replay", "").status()).isEqualTo(404);
      assertThat(who.post("/executions/" + hidden + "/cancel", "").status()).isEqualTo(404);
    }
    assertThat(ids(client.as(STRANGER).get("/executions?job_id=" + job.id()))).isEmpty();
    assertThat(client.as(READER).get("/executions/" + id).status()).isEqualTo(200);
    assertThat(client.as(READER).post("/executions/" + id + "/cancel", "").status()).isEqualTo(403);
    assertThat(client.as(READER).post("/executions/" + id + "/replay", "").status()).isEqualTo(403);
  }

  private void run() {
    driver(trigrun).runDue();
    clock.advance(Duration.ofSeconds(1));
    driver(trigrun).runDue();
  }

  private static List<UUID> ids(Reply page) {
    List<UUID> ids = new ArrayList<>();
    page.json()
        .path("items")
        .forEach(item -> ids.add(UUID.fromString(item.path("id").stringValue())));
    return ids;
  }
}
