package io.trigrun.contract.feature;

import static io.trigrun.contract.http.ManagementClient.READER;
import static io.trigrun.contract.http.ManagementClient.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import io.trigrun.schedule.Schedule;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rows S1 to S4, S19 and all that a job says, over HTTP. */
abstract class H01Jobs extends FeatureTest {

  private static final String SYNC =
      """
      {"name": "nightly-sync", "kind": "cron",
       "schedule": {"cron": "0 3 * * *", "timezone": "Europe/Zurich"},
       "request": {"url": "https://api.example.com/sync", "method": "POST",
         "headers": {"Authorization": "Bearer secret://api"}, "body": {"full": true}},
       "retry_policy": {"max_attempts": 5}}
      """;

  private static final String EVERYTHING =
      """
      {"name": "everything", "kind": "recurring", "state": "draft",
       "schedule": {"interval": "1h30m10s"},
       "request": {"url": "https://api.example.com/{{uuid}}", "method": "PUT",
         "headers": {"X-A": "1"}, "body": "text", "timeout_seconds": 7,
         "success_statuses": [200, 418], "follow_redirects": true,
         "checks": [{"source": "body", "op": "contains", "value": "ok"},
           {"source": "json", "op": "equals", "path": "/n", "value": 1.5},
           {"source": "header", "op": "exists", "name": "ETag"},
           {"source": "status", "op": "between", "min": 200, "max": 299}],
         "output": {"order": "/order/id"}},
       "retry_policy": {"max_attempts": 2, "retry_on_statuses": [500],
         "backoff": {"initial": "1s", "multiplier": 1.5, "max": "1m", "jitter": 0.25}},
       "missed_run_policy": {"policy": "run_all", "bound": 5, "tolerance": "2m"},
       "overlap_policy": "skip", "priority": "high", "queue": "http",
       "max_concurrent_executions": 3, "rate_limit": {"limit": 10, "per_seconds": 0.5},
       "on_success": {"trigger_job": ["nightly-sync"]},
       "on_error": {"trigger_job": []}, "on_retries_exhausted": {"trigger_job": ["nightly-sync"]},
       "on_success_url": "https://api.example.com/done",
       "on_failure_url": "https://api.example.com/failed",
       "callback_secret": "secret://api", "labels": ["eu", "shop"]}
      """;

  private TrigRun trigrun;
  private ManagementClient client;

  @BeforeEach
  void serve() {
    trigrun =
        open(
            manual()
                .allowCommands()
                .secrets(SecretCipher.aesGcm(KeyRing.of("k1", KeyRing.generateKey())))
                .handler("report", Json.class, (payload, job) -> {}));
    client = closing(ManagementClient.of(trigrun));
    client.post("/secrets", "{\"name\": \"api\", \"value\": \"tiger-42\"}");
  }

  @Test
  void a_job_is_created_and_answered_as_the_platform_says_it() {
    Reply created = client.post("/jobs", SYNC);
    assertThat(created.status()).isEqualTo(201);
    JsonNode job = created.json();
    assertThat(created.at("/name")).isEqualTo("nightly-sync");
    assertThat(created.at("/kind")).isEqualTo("cron");
    assertThat(created.at("/state")).isEqualTo("active");
    assertThat(job.at("/schedule").toString())
        .isEqualTo("{\"cron\":\"0 3 * * *\",\"timezone\":\"Europe/Zurich\"}");
    assertThat(job.at("/request").toString())
        .isEqualTo(
            "{\"url\":\"https://api.example.com/sync\",\"method\":\"POST\","
                + "\"headers\":{\"Authorization\":\"Bearer secret://api\"},\"body\":{\"full\":true},"
                + "\"timeout_seconds\":30,\"success_statuses\":[200,201,202,204]}");
    assertThat(created.at("/retry_policy/max_attempts")).isEqualTo("5");
    assertThat(job.at("/retry_policy/retry_on_statuses").toString())
        .isEqualTo("[429,500,502,503,504]");
    assertThat(created.at("/next_run_at")).isEqualTo("2026-03-17T02:00:00.000Z");
    assertThat(created.at("/created_at")).isEqualTo("2026-03-16T10:00:00.000Z");
    String path = "/jobs/" + created.at("/id");
    assertThat(client.get(path).body()).isEqualTo(created.body());
    assertThat(client.get("/jobs").json().at("/items/0")).isEqualTo(job);
    assertThat(client.get("/jobs?name=nightly-sync").json().path("items").size()).isEqualTo(1);
    assertThat(client.get("/jobs?name=other").json().path("items").size()).isZero();
    assertThat(client.get(path).header("ETag")).contains("\"1\"");
  }

  @Test
  void what_a_job_says_is_saved_and_answered_and_can_be_given_back_as_it_is() {
    client.post("/jobs", SYNC);
    Reply created = client.post("/jobs", EVERYTHING);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    JsonNode job = created.json();
    JsonNode said = json(EVERYTHING);
    for (String field : said.propertyNames()) {
      if (!Set.of("schedule", "retry_policy", "missed_run_policy").contains(field)) {
        assertThat(job.path(field)).as(field).isEqualTo(said.path(field));
      }
    }
    assertThat(created.at("/schedule/interval")).isEqualTo("PT1H30M10S");
    assertThat(job.at("/retry_policy/backoff").toString())
        .isEqualTo("{\"initial\":\"PT1S\",\"multiplier\":1.5,\"max\":\"PT1M\",\"jitter\":0.25}");
    assertThat(created.at("/missed_run_policy/tolerance")).isEqualTo("PT2M");
    assertThat(created.json().path("next_run_at").isNull()).as("of a draft").isTrue();

    String path = "/jobs/" + created.at("/id");
    String again =
        json(created.body())
            .asObject()
            .remove(List.of("id", "state", "next_run_at", "created_at", "updated_at"))
            .toString();
    Reply same = client.patch(path, again);
    assertThat(same.status()).as(same.body()).isEqualTo(200);
    assertThat(without(same.json())).isEqualTo(without(job));
  }

  @Test
  void each_kind_of_schedule_has_its_own_fields_and_its_next_run() {
    assertThat(next("recurring", "{\"every_n_minutes\": 15}"))
        .isEqualTo("2026-03-16T10:15:00.000Z");
    assertThat(next("recurring", "{\"interval\": \"90s\"}")).isEqualTo("2026-03-16T10:01:30.000Z");
    assertThat(next("cron", "{\"cron\": \"0 12 * * 7\"}")).isEqualTo("2026-03-22T12:00:00.000Z");
    assertThat(next("scheduled", "{\"run_at\": \"2026-03-16T12:00:00+01:00\"}"))
        .isEqualTo("2026-03-16T11:00:00.000Z");
    assertThat(next("one_time", "{}")).isEqualTo("2026-03-16T10:00:00.000Z");
    assertThat(client.post("/jobs", job("m", "manual", "{}")).json().path("next_run_at").isNull())
        .isTrue();
    assertThat(client.get("/jobs?limit=2").json().path("items").size()).isEqualTo(2);
    assertThat(client.get("/jobs").at("/items/3/schedule/timezone")).isEqualTo("UTC");
    for (String wrong :
        List.of(
            job("w", "recurring", "{}"),
            job("w", "recurring", "{\"every_n_minutes\": 5, \"interval\": \"5m\"}"),
            job("w", "recurring", "{\"every_n_minutes\": 1441}"),
            job("w", "cron", "{\"cron\": \"0 12 * * 8\"}"),
            job("w", "cron", "{\"cron\": \"0 12 * * *\", \"timezone\": \"Atlantis\"}"),
            job("w", "cron", "{\"run_at\": \"2030-01-01T00:00:00Z\"}"),
            job("w", "scheduled", "{\"run_at\": \"2026-03-16T09:00:00Z\"}"),
            job("w", "sometimes", "{}"))) {
      Reply refused = client.post("/jobs", wrong);
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.fields()).as(wrong).allMatch(it -> it.matches("/(schedule|kind).*"));
    }
  }

  @Test
  void handlers_and_commands_are_jobs_too() {
    Reply handler =
        client.post(
            "/jobs",
            "{\"name\": \"h\", \"kind\": \"manual\", \"handler\": \"report\","
                + " \"payload\": {\"pages\": 2.50}}");
    assertThat(handler.body()).contains("\"payload\":{\"pages\":2.50}");
    assertThat(handler.json().path("retry_policy").isNull()).isTrue();
    Reply command =
        client.post(
            "/jobs",
            "{\"name\": \"c\", \"kind\": \"manual\", \"command\": {\"arguments\": [\"date\"],"
                + " \"environment\": {\"A\": \"secret://api\"}}}");
    assertThat(command.at("/command/arguments/0")).isEqualTo("date");
    assertThat(command.at("/command/timeout_seconds")).isEqualTo("3600");
    assertThat(command.at("/retry_policy/max_attempts")).isEqualTo("1");
    Reply both =
        client.post(
            "/jobs",
            "{\"name\": \"b\", \"kind\": \"manual\", \"handler\": \"report\","
                + " \"command\": {\"arguments\": [\"date\"]}}");
    assertThat(both.fields()).containsExactly("/command");
    assertThat(client.post("/jobs", "{\"name\": \"n\", \"kind\": \"manual\"}").fields())
        .containsExactly("/request");
    Reply refused =
        closing(ManagementClient.of(open(manual())))
            .post(
                "/jobs",
                "{\"name\": \"x\", \"kind\": \"manual\", \"command\": {\"shell\": \"date\"}}");
    assertThat(refused.fields()).as("commands are not allowed").containsExactly("/command");
  }

  @Test
  void all_that_is_wrong_is_told_at_once_by_name() {
    Reply refused =
        client.post(
            "/jobs",
            """
            {"name": "", "kind": "cron", "schedule": {"cron": "99 * * * *", "timezone": "Atlantis"},
             "request": {"url": "ftp://x", "timeout_seconds": 0, "metod": "GET",
               "checks": [{"source": "body", "op": "like", "value": "a"}]},
             "retry_policy": {"max_attempts": 101, "backoff": {"initial": "soon"}},
             "queue": "nowhere", "rate_limit": {"limit": 1, "per_seconds": 0},
             "on_failure_url": "not a url", "labels": ["a b"], "priorty": "high"}
            """);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields())
        .contains(
            "/name",
            "/schedule/cron",
            "/schedule/timezone",
            "/request/url",
            "/request/timeout_seconds",
            "/request/metod",
            "/request/checks/0/op",
            "/retry_policy/max_attempts",
            "/retry_policy/backoff/initial",
            "/rate_limit/per_seconds",
            "/on_failure_url",
            "/labels",
            "/priorty");
    assertThat(refused.body()).contains("priority maybe");
    Reply queue =
        client.post("/jobs", SYNC.replace("\"kind\"", "\"queue\": \"nowhere\", \"kind\""));
    assertThat(queue.fields()).containsExactly("/queue");
    Reply further =
        client.post(
            "/jobs",
            SYNC.replace("\"kind\"", "\"queue\": \"nowhere\", \"x\": 1, \"kind\"")
                .replace("0 3", "0 33"));
    assertThat(further.fields()).containsExactlyInAnyOrder("/queue", "/x", "/schedule/cron");
  }

  @Test
  void an_update_changes_what_it_says_and_nothing_else() {
    client.post("/jobs", SYNC);
    Reply created = client.post("/jobs", EVERYTHING);
    String path = "/jobs/" + created.at("/id");
    clock.advance(Duration.ofMinutes(1));
    Reply changed =
        client.patch(
            path,
            "{\"request\": {\"timeout_seconds\": 9, \"headers\": {\"X-A\": null, \"X-B\": \"2\"},"
                + " \"body\": null}, \"rate_limit\": null, \"queue\": null,"
                + " \"retry_policy\": {\"backoff\": {\"max\": \"2m\"}}, \"name\": \"renamed\"}");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.at("/name")).isEqualTo("renamed");
    assertThat(changed.at("/request/timeout_seconds")).isEqualTo("9");
    assertThat(changed.json().at("/request/headers").toString()).isEqualTo("{\"X-B\":\"2\"}");
    assertThat(changed.json().path("request").has("body")).isFalse();
    assertThat(changed.at("/request/method")).isEqualTo("PUT");
    assertThat(changed.json().path("rate_limit").isNull()).isTrue();
    assertThat(changed.at("/retry_policy/backoff/max")).isEqualTo("PT2M");
    assertThat(changed.at("/retry_policy/backoff/initial")).isEqualTo("PT1S");
    assertThat(changed.at("/state")).as("its state stays").isEqualTo("draft");
    assertThat(changed.at("/updated_at")).isEqualTo("2026-03-16T10:01:00.000Z");
    for (String field :
        Set.of("schedule", "labels", "on_success", "priority", "missed_run_policy")) {
      assertThat(changed.json().path(field)).as(field).isEqualTo(created.json().path(field));
    }
    Reply minutes = client.patch(path, "{\"schedule\": {\"every_n_minutes\": 5}}");
    assertThat(minutes.json().path("schedule").toString()).isEqualTo("{\"every_n_minutes\":5}");
    assertThat(client.patch(path, "{\"schedule\": {\"cron\": \"0 3 * * *\"}}").status())
        .as("of a recurring job")
        .isEqualTo(400);
    Reply cron =
        client.patch(path, "{\"kind\": \"cron\", \"schedule\": {\"cron\": \"0 3 * * *\"}}");
    assertThat(cron.at("/kind")).isEqualTo("cron");
    Reply zone = client.patch(path, "{\"schedule\": {\"timezone\": \"Europe/Zurich\"}}");
    assertThat(zone.at("/schedule/cron")).isEqualTo("0 3 * * *");
    Reply handler = client.patch(path, "{\"handler\": \"report\"}");
    assertThat(handler.at("/handler")).isEqualTo("report");
    assertThat(handler.json().has("request")).isFalse();
    assertThat(client.patch(path, "{\"kind\": \"manual\", \"labels\": [\"-\"], \"x\": 1}").fields())
        .containsExactlyInAnyOrder("/x", "/labels");
    assertThat(client.patch(path, "{\"name\": null}").status()).isEqualTo(400);
    assertThat(client.patch(path, "{\"name\": \"nightly-sync\"}").status()).isEqualTo(409);
    assertThat(client.patch(path, "{}").status()).isEqualTo(200);
  }

  @Test
  void a_job_is_drafted_activated_paused_resumed_run_and_deleted() {
    Reply created =
        client.post("/jobs", SYNC.replace("\"kind\"", "\"state\": \"draft\", \"kind\""));
    String path = "/jobs/" + created.at("/id");
    assertThat(created.at("/state")).isEqualTo("draft");
    assertThat(client.post(path + "/pause", "").code()).isEqualTo("conflict");
    assertThat(client.post(path + "/activate", "").at("/state")).isEqualTo("active");
    assertThat(client.get(path).at("/next_run_at")).isEqualTo("2026-03-17T02:00:00.000Z");
    Reply paused = client.post(path + "/pause", "");
    assertThat(paused.at("/state")).isEqualTo("paused");
    assertThat(paused.json().path("next_run_at").isNull()).isTrue();
    clock.advance(Duration.ofDays(2));
    assertThat(client.post(path + "/resume", "").at("/next_run_at"))
        .as("from now")
        .isEqualTo("2026-03-19T02:00:00.000Z");
    Reply run = client.post(path + "/run-now", "");
    assertThat(run.status()).isEqualTo(202);
    assertThat(run.at("/status")).isEqualTo("queued");
    assertThat(run.at("/trigger")).isEqualTo("run_now");
    assertThat(run.at("/job_name")).isEqualTo("nightly-sync");
    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.delete(path).status()).isEqualTo(404);
    assertThat(client.get("/executions/" + run.at("/id")).status()).isEqualTo(200);
  }

  @Test
  void what_is_out_of_date_changes_nothing_and_what_is_needed_stays() {
    Reply first = client.post("/jobs", SYNC);
    Reply second = client.post("/jobs", EVERYTHING);
    String path = "/jobs/" + first.at("/id");
    assertThat(client.patch(path, "{\"labels\": [\"a\"]}", "If-Match", "\"1\"").status())
        .isEqualTo(200);
    assertThat(client.patch(path, "{\"labels\": [\"b\"]}", "If-Match", "\"1\"").status())
        .isEqualTo(412);
    assertThat(client.delete(path, "If-Match", "\"1\"").status()).isEqualTo(412);
    Reply needed = client.delete(path, "If-Match", "\"2\"");
    assertThat(needed.status()).isEqualTo(409);
    assertThat(needed.json().at("/error/details/0").toString())
        .isEqualTo(
            "{\"kind\":\"job\",\"id\":\"" + second.at("/id") + "\",\"name\":\"everything\"}");
    assertThat(client.post("/jobs", SYNC).code()).isEqualTo("conflict");
  }

  @Test
  void of_changes_at_the_same_time_none_is_lost() {
    String path = "/jobs/" + client.post("/jobs", SYNC).at("/id");
    List<CompletableFuture<Reply>> changes = new ArrayList<>();
    for (String change :
        List.of(
            "{\"labels\": [\"a\"]}",
            "{\"priority\": \"low\"}",
            "{\"request\": {\"timeout_seconds\": 9}}",
            "{\"request\": {\"headers\": {\"X-A\": \"1\"}}}",
            "{\"name\": \"renamed\"}",
            "{\"max_concurrent_executions\": 2}")) {
      changes.add(CompletableFuture.supplyAsync(() -> client.patch(path, change)));
    }
    changes.forEach(change -> assertThat(change.join().status()).isEqualTo(200));
    Reply job = client.get(path);
    assertThat(job.at("/labels/0")).isEqualTo("a");
    assertThat(job.at("/priority")).isEqualTo("low");
    assertThat(job.at("/request/timeout_seconds")).isEqualTo("9");
    assertThat(job.json().at("/request/headers").toString())
        .isEqualTo("{\"Authorization\":\"Bearer secret://api\",\"X-A\":\"1\"}");
    assertThat(job.at("/name")).isEqualTo("renamed");
    assertThat(job.at("/max_concurrent_executions")).isEqualTo("2");
    assertThat(job.header("ETag")).contains("\"7\"");
  }

  @Test
  void a_create_or_a_run_with_one_key_is_done_once() {
    Reply created = client.post("/jobs", SYNC, "Idempotency-Key", "k-1");
    Reply again = client.post("/jobs", SYNC, "Idempotency-Key", "k-1");
    assertThat(again.body()).isEqualTo(created.body());
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    String run = "/jobs/" + created.at("/id") + "/run-now";
    assertThat(client.post(run, "", "Idempotency-Key", "r-1").body())
        .isEqualTo(client.post(run, "", "Idempotency-Key", "r-1").body());
    assertThat(runs(trigrun, UUID.fromString(created.at("/id")))).hasSize(1);
  }

  @Test
  void a_change_of_something_else_leaves_the_schedule_as_it_is() {
    Instant soon = clock.instant().plus(Duration.ofMinutes(1)).plus(1, ChronoUnit.MICROS);
    List<Job> made =
        List.of(
            trigrun.jobs().create(job("zoned").schedule(Schedule.cron("0 3 * * *")).build()),
            trigrun.jobs().create(job("exact").schedule(Schedule.at(soon)).build()));
    for (Job job : made) {
      client.patch("/jobs/" + job.id(), "{\"labels\": [\"a\"]}");
      Job after = trigrun.jobs().find(job.id()).orElseThrow();
      assertThat(after.version()).isEqualTo(2);
      assertThat(after.cursor()).isEqualTo(job.cursor());
      assertThat(after.spec().schedule()).isEqualTo(job.spec().schedule());
    }
    clock.advance(Duration.ofHours(1));
    assertThat(client.patch("/jobs/" + made.get(1).id(), "{\"labels\": []}").status())
        .as("its time is over, and nobody has asked for another")
        .isEqualTo(200);
  }

  private static JobSpec.Builder job(String name) {
    return JobSpec.named(name).handler("report");
  }

  @Test
  void an_answer_is_given_again_however_large_it_is() {
    String deep = "[".repeat(62) + "]".repeat(62);
    String job =
        "{\"name\": \"%s\", \"kind\": \"manual\", \"handler\": \"report\", \"payload\": %s}";
    String many = "[" + "1,".repeat(99_970) + "1]";
    for (String body : List.of(job.formatted("deep", deep), job.formatted("many", many))) {
      Reply first = client.post("/jobs", body, "Idempotency-Key", "large");
      Reply again = client.post("/jobs", body, "Idempotency-Key", "large");
      assertThat(first.status()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(first.body());
      clock.advance(Duration.ofHours(25));
    }
  }

  @Test
  void who_died_before_the_answer_is_not_followed_by_a_second_run() {
    Outage outage = new Outage(store());
    TrigRun frail = open(manual().store(outage.store()));
    ManagementClient caller = closing(ManagementClient.of(frail));
    UUID job = UUID.fromString(client.post("/jobs", SYNC).at("/id"));
    List<String> again = List.of("/jobs/" + job + "/run-now", "/executions/%s/replay");
    List<UUID> made = new ArrayList<>();
    for (String path : again) {
      String what = made.isEmpty() ? path : path.formatted(made.get(0));
      outage.begin("attempts");
      assertThat(caller.post(what, "", "Idempotency-Key", "k" + path).status()).isEqualTo(503);
      outage.end();
      assertThat(caller.post(what, "", "Idempotency-Key", "k" + path).code())
          .isEqualTo("idempotency_key_in_use");
      clock.advance(Duration.ofMinutes(1));
      Reply reply = caller.post(what, "", "Idempotency-Key", "k" + path);
      assertThat(reply.status()).isEqualTo(202);
      made.add(UUID.fromString(reply.at("/id")));
      assertThat(runs(trigrun, job)).hasSize(made.size());
    }
    clock.advance(Duration.ofHours(24));
    assertThat(client.post(again.get(0), "", "Idempotency-Key", "k" + again.get(0)).status())
        .as("another day, another run")
        .isEqualTo(202);
    assertThat(runs(trigrun, job)).hasSize(3);
  }

  @Test
  void who_reads_changes_nothing_and_who_is_elsewhere_finds_nothing() {
    Reply created = client.post("/jobs", SYNC);
    String path = "/jobs/" + created.at("/id");
    ManagementClient reader = client.as(READER);
    ManagementClient stranger = client.as(STRANGER);
    assertThat(reader.get(path).status()).isEqualTo(200);
    for (String change : List.of("/pause", "/resume", "/activate", "/run-now")) {
      assertThat(reader.post(path + change, "").status()).isEqualTo(403);
      assertThat(stranger.post(path + change, "").status()).isEqualTo(404);
    }
    assertThat(reader.post("/jobs", SYNC).status()).isEqualTo(403);
    assertThat(reader.post("/jobs/import", "{\"crontab\": \"\"}").status()).isEqualTo(403);
    assertThat(reader.patch(path, "{}").status()).isEqualTo(403);
    assertThat(reader.delete(path).status()).isEqualTo(403);
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.patch(path, "{}").status()).isEqualTo(404);
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(stranger.get("/jobs").json().path("items").size()).isZero();
    assertThat(stranger.get("/jobs?name=nightly-sync").json().path("items").size()).isZero();
    assertThat(client.get("/jobs/not-an-id").status()).isEqualTo(404);
  }

  @Test
  void a_crontab_tells_what_became_of_each_line() {
    String crontab =
        "# all of it\\nCRON_TZ=Europe/Zurich\\n0 3 * * * curl -fsS https://api.example.com/sync\\n"
            + "*/5 * * * * /opt/shop/clean-up.sh\\n";
    String body = "{\"crontab\": \"" + crontab + "\"}";
    Reply imported = client.post("/jobs/import", body, "Idempotency-Key", "i-1");
    assertThat(imported.status()).as(imported.body()).isEqualTo(200);
    JsonNode items = imported.json().path("items");
    assertThat(items.size()).isEqualTo(2);
    assertThat(items.at("/0/line").intValue()).isEqualTo(3);
    assertThat(items.at("/0/change").stringValue()).isEqualTo("created");
    Job job =
        trigrun.jobs().find(UUID.fromString(items.at("/0/job_id").stringValue())).orElseThrow();
    assertThat(job.name()).isEqualTo(items.at("/0/job").stringValue());
    assertThat(client.get("/jobs/" + job.id()).at("/schedule/timezone")).isEqualTo("Europe/Zurich");
    assertThat(client.post("/jobs/import", body, "Idempotency-Key", "i-1").body())
        .isEqualTo(imported.body());
    Reply again = client.post("/jobs/import", body);
    assertThat(again.at("/items/0/change")).isEqualTo("unchanged");
    Reply refused =
        client.post(
            "/jobs/import", "{\"crontab\": \"0 4 * * * date\\n99 * * * * date\\n@often date\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("/crontab", "/crontab");
    assertThat(refused.at("/error/details/0/message")).startsWith("line 2, schedule.cron: ");
    assertThat(client.get("/jobs").json().path("items").size()).as("none of it").isEqualTo(2);
    assertThat(
            client
                .post("/jobs/import", "{\"crontab\": \"a\", \"timezone\": \"Atlantis\"}")
                .fields())
        .containsExactly("/timezone");
  }

  private String next(String kind, String schedule) {
    Reply created = client.post("/jobs", job(kind + schedule.hashCode(), kind, schedule));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.at("/next_run_at");
  }

  private static String job(String name, String kind, String schedule) {
    return "{\"name\": \"%s\", \"kind\": \"%s\", \"schedule\": %s, \"handler\": \"report\"}"
        .formatted(name, kind, schedule);
  }

  private static JsonNode json(String text) {
    return tools.jackson.databind.json.JsonMapper.shared().readTree(text);
  }

  private static JsonNode without(JsonNode job) {
    return json(job.toString()).asObject().remove(List.of("updated_at"));
  }
}
