package io.trigrun.workflow;

import static io.trigrun.contract.http.ManagementClient.READER;
import static io.trigrun.contract.http.ManagementClient.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("H1: jobs that webhooks start, over HTTP (W7, W14)")
class H01TriggersTest extends HttpRow {

  private static final String SECRET = "tiger-42-tiger";
  private static final String SECRET_FIELD = "\"webhook_secret\": \"" + SECRET + "\",";
  private static final String PRICE = "12345678901234567890.10";

  H01TriggersTest(TestStore kind) {
    super(kind, UnaryOperator.identity(), UnaryOperator.identity());
  }

  private static String trigger(String name, String more) {
    return job(name, "webhook_trigger", more, noting("got", "\"{{trigger.body}}\""));
  }

  /** Delivers something; the status of the answer. */
  private int post(String token, String body, String... headers) {
    int status = client.post("/triggers/" + token, body, headers).status();
    stage.driver.runDue();
    return status;
  }

  @Test
  void a_webhook_starts_a_run_that_shows_what_it_brought() {
    Reply created = created(trigger("on-order", SECRET_FIELD));
    String token = created.at("/webhook_token");
    assertThat(token).startsWith("trg_");
    assertThat(created.at("/webhook_url")).isEqualTo(Stage.URL + "/v1/triggers/" + token);
    assertThat(created.at("/webhook_secret_configured")).isEqualTo("true");
    assertThat(created.at("/webhook/verification/type")).isEqualTo("shared_secret");
    assertThat(created.json().has("schedule")).isFalse();

    Reply wrong = client.post("/triggers/" + token, "{}", "X-Webhook-Secret", "wrong");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.code()).isEqualTo("unauthorized");
    assertThat(client.post("/triggers/trg_nobody", "{}").body()).isEqualTo("{\"received\": true}");
    Reply right =
        client.post(
            "/triggers/" + token + "?shop=north",
            "{\"price\": " + PRICE + "}",
            "X-Webhook-Secret",
            SECRET,
            "X-GitHub-Event",
            "push");
    assertThat(right.body()).isEqualTo("{\"received\": true}");
    stage.driver.runDue();

    Reply runs = client.get("/executions?job_id=" + created.at("/id"));
    assertThat(runs.json().path("items").size()).isEqualTo(1);
    Reply run = execution(runs.at("/items/0/id"));
    assertThat(run.at("/status")).isEqualTo("succeeded");
    assertThat(run.json().path("trigger_input").propertyNames())
        .containsExactlyInAnyOrder("body", "headers", "query");
    assertThat(run.at("/trigger_input/query/shop")).isEqualTo("north");
    assertThat(run.at("/trigger_input/headers/x-github-event")).isEqualTo("push");
    assertThat(run.body()).contains("\"trigger_input\":{\"body\":{\"price\":" + PRICE + "}");
    assertThat(run.body()).doesNotContain(SECRET);
  }

  @Test
  void the_token_is_shown_once_and_the_secret_never() {
    Reply created = created(trigger("on-order", SECRET_FIELD));
    String job = "/jobs/" + created.at("/id");

    for (Reply reply :
        List.of(
            client.get(job), client.get("/jobs"), client.patch(job, "{\"labels\": [\"eu\"]}"))) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body())
          .contains("\"webhook_secret_configured\":true")
          .doesNotContain("trg_", "webhook_url", SECRET);
    }
    assertThat(created.body()).doesNotContain(SECRET);
    assertThat(created(trigger("open", "")).at("/webhook_secret_configured")).isEqualTo("false");
  }

  @Test
  void a_request_that_is_sent_again_gets_the_same_token_and_makes_no_other_job() {
    Reply first = client.post("/jobs", trigger("once", SECRET_FIELD), "Idempotency-Key", "k1");
    Reply again = client.post("/jobs", trigger("once", SECRET_FIELD), "Idempotency-Key", "k1");

    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(client.get("/jobs").json().path("items").size()).isEqualTo(1);
    assertThat(client.post("/jobs", trigger("once", "")).status()).isEqualTo(409);
  }

  @Test
  void a_new_token_makes_the_old_one_unknown_at_once_or_after_a_while() {
    Reply created = created(trigger("on-order", ""));
    String path = "/jobs/" + created.at("/id") + "/rotate-token";
    String first = created.at("/webhook_token");

    Reply second = client.post(path, "");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.at("/webhook_url")).endsWith(second.at("/webhook_token"));
    post(first, "1");
    post(second.at("/webhook_token"), "2");
    assertThat(stage.notes).containsExactly("got[]:2");

    Reply third = client.post(path + "?overlap_seconds=60", "");
    post(second.at("/webhook_token"), "3");
    post(third.at("/webhook_token"), "4");
    stage.driver.advance(Duration.ofSeconds(61));
    post(second.at("/webhook_token"), "5");
    assertThat(stage.notes).containsExactly("got[]:2", "got[]:3", "got[]:4");

    assertThat(client.as(READER).post(path, "").status()).isEqualTo(403);
    assertThat(client.as(STRANGER).post(path, "").status()).isEqualTo(404);
    assertThat(fields(client.post(path + "?overlap_seconds=604801", "")))
        .containsExactly("overlap_seconds");
    String other = created(workflow("hourly", noting("n", "1"))).at("/id");
    assertThat(client.post("/jobs/" + other + "/rotate-token", "").code()).isEqualTo("conflict");
  }

  @Test
  void a_secret_is_given_replaced_and_taken_back() {
    Reply created = created(trigger("on-order", ""));
    String job = "/jobs/" + created.at("/id");
    String token = created.at("/webhook_token");
    assertThat(post(token, "1")).isEqualTo(200);

    Reply given = client.patch(job, "{\"webhook_secret\": \"" + SECRET + "\"}");
    assertThat(given.at("/webhook_secret_configured")).isEqualTo("true");
    assertThat(post(token, "2")).isEqualTo(401);
    assertThat(post(token, "3", "X-Webhook-Secret", SECRET)).isEqualTo(200);

    client.patch(job, "{\"webhook_secret\": [\"lion-43-lion\", \"" + SECRET + "\"]}");
    assertThat(post(token, "4", "X-Webhook-Secret", SECRET)).isEqualTo(200);
    assertThat(post(token, "5", "X-Webhook-Secret", "lion-43-lion")).isEqualTo(200);

    client.patch(
        job,
        "{\"webhook\": {\"verification\": {\"type\": \"shared_secret\", \"header\": \"X-Key\"}}}");
    assertThat(post(token, "6", "X-Webhook-Secret", SECRET)).isEqualTo(401);
    assertThat(post(token, "7", "X-Key", SECRET)).isEqualTo(200);

    Reply back = client.patch(job, "{\"webhook_secret\": null}");
    assertThat(back.at("/webhook_secret_configured")).isEqualTo("false");
    assertThat(back.at("/webhook/verification/type")).isEqualTo("none");
    assertThat(post(token, "8")).isEqualTo(200);
    assertThat(stage.notes)
        .containsExactly("got[]:1", "got[]:3", "got[]:4", "got[]:5", "got[]:7", "got[]:8");
  }

  @Test
  void how_deliveries_are_taken_is_changed_field_by_field() {
    Reply created =
        created(
            trigger(
                "hook",
                SECRET_FIELD
                    + "\"webhook\": {\"verification\": {\"type\": \"hmac\", \"header\": \"X-Sig\"},"
                    + " \"headers\": [\"X-Event\"], \"delivery_id\": {\"path\": \"$.id\"}},"));
    assertThat(created.json().at("/webhook").toString())
        .isEqualTo(
            "{\"verification\":{\"type\":\"hmac\",\"header\":\"X-Sig\",\"prefix\":\"\","
                + "\"encoding\":\"hex\"},\"tolerance_seconds\":300,"
                + "\"delivery_id\":{\"headers\":[],\"path\":\"$.id\",\"body_hash\":false},"
                + "\"uniform_response\":false,\"headers\":[\"x-event\"]}");
    String job = "/jobs/" + created.at("/id");

    Reply changed =
        client.patch(
            job,
            "{\"webhook\": {\"tolerance_seconds\": 60, \"uniform_response\": true,"
                + " \"delivery_id\": {\"body_hash\": true}}}");
    assertThat(changed.at("/webhook/verification/header")).isEqualTo("X-Sig");
    assertThat(changed.at("/webhook/tolerance_seconds")).isEqualTo("60");
    assertThat(changed.at("/webhook/delivery_id/path")).isEqualTo("$.id");
    assertThat(changed.at("/webhook/delivery_id/body_hash")).isEqualTo("true");

    Reply reset = client.patch(job, "{\"webhook\": {\"delivery_id\": null, \"headers\": null}}");
    assertThat(reset.json().at("/webhook").has("delivery_id")).isFalse();
    assertThat(reset.json().at("/webhook/headers").size()).isEqualTo(12);
    assertThat(reset.at("/webhook/uniform_response")).isEqualTo("true");
    assertThat(client.patch(job, "{\"webhook\": null}").at("/webhook/verification/type"))
        .as("a secret is still there")
        .isEqualTo("shared_secret");
  }

  @Test
  void what_is_wrong_is_told_at_once_and_neither_job_nor_address_is_there_or_changed() {
    Reply refused =
        client.post(
            "/jobs",
            trigger(
                "wrong",
                "\"webhook_secret\": \"tiger\\u0007\", \"webhook\": {\"verification\": {\"type\":"
                    + " \"hmac\", \"header\": \"not a header\"}, \"headers\": [\"Authorization\"],"
                    + " \"delivery_id\": {\"path\": \"$[\"}},"));
    assertThat(fields(refused))
        .contains("/webhook/verification/header", "/webhook/headers", "/webhook/delivery_id/path");
    assertThat(refused.body()).doesNotContain("tiger");
    assertThat(
            fields(
                client.post(
                    "/jobs",
                    trigger("no", "\"webhook\": {\"verification\": {\"type\": \"github\"}},"))))
        .containsExactly("/webhook_secret");
    assertThat(
            fields(client.post("/jobs", trigger("no", "\"schedule\": {\"cron\": \"0 * * * *\"},"))))
        .containsExactly("/schedule");
    assertThat(client.get("/jobs").json().path("items").isEmpty()).isTrue();

    Reply job = created(trigger("right", SECRET_FIELD));
    Reply change =
        client.patch(
            "/jobs/" + job.at("/id"),
            "{\"name\": \"other\", \"webhook\": {\"verification\": {\"type\": \"none\"}},"
                + " \"webhook_secret\": \"lion-43-lion\"}");
    assertThat(fields(change)).containsExactly("/webhook_secret");
    assertThat(client.get("/jobs/" + job.at("/id")).at("/name")).isEqualTo("right");
  }

  @Test
  void job_and_address_change_together_as_they_were_seen_or_not_at_all() {
    Reply created = created(trigger("on-order", ""));
    String job = "/jobs/" + created.at("/id");
    String seen = created.header("ETag").orElseThrow();

    Reply changed = client.patch(job, "{\"webhook_secret\": \"" + SECRET + "\"}", "If-Match", seen);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag"))
        .as("as the body is another")
        .isNotEqualTo(created.header("ETag"));
    assertThat(client.patch(job, "{\"webhook_secret\": null}", "If-Match", seen).status())
        .isEqualTo(412);
    assertThat(post(created.at("/webhook_token"), "1")).isEqualTo(401);
  }

  @Test
  void a_secret_that_is_named_can_not_be_deleted_before_the_job() {
    client.post("/secrets", "{\"name\": \"hook\", \"value\": \"" + SECRET + "\"}");
    Reply created = created(trigger("on-order", "\"webhook_secret\": \"secret://hook\","));

    assertThat(client.delete("/secrets/hook").status()).isEqualTo(409);
    assertThat(post(created.at("/webhook_token"), "1", "X-Webhook-Secret", SECRET)).isEqualTo(200);
    assertThat(client.delete("/jobs/" + created.at("/id")).status()).isEqualTo(204);
    assertThat(post(created.at("/webhook_token"), "2", "X-Webhook-Secret", SECRET)).isEqualTo(200);
    assertThat(stage.notes).containsExactly("got[]:1");
    assertThat(client.delete("/secrets/hook").status()).isEqualTo(204);
  }

  @Test
  void without_a_cipher_a_secret_can_not_be_kept_and_nothing_is() {
    try (Stage bare = new Stage();
        ManagementClient plain = ManagementClient.of(bare.trigrun)) {
      assertThat(plain.post("/jobs", trigger("no", SECRET_FIELD)).code())
          .isEqualTo("not_configured");
      assertThat(plain.get("/jobs").json().path("items").isEmpty()).isTrue();
    }
  }
}
