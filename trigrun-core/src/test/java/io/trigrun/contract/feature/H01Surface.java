package io.trigrun.contract.feature;

import static io.trigrun.contract.http.ManagementClient.READER;
import static io.trigrun.contract.http.ManagementClient.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.TrigRun;
import io.trigrun.contract.Crowd;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import io.trigrun.inbound.PingRoutes;
import io.trigrun.management.BearerToken;
import io.trigrun.management.BearerTokens;
import io.trigrun.route.Role;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.Expiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Row H1: what all routes for management have in common, shown by secrets and monitors. */
abstract class H01Surface extends FeatureTest {

  static final String LAMP = "{\"name\": \"lamp\", \"expected_interval_sec\": 60}";

  TrigRun trigrun;
  ManagementClient client;

  @BeforeEach
  void serve() {
    trigrun = open(manual().secrets(SecretCipher.aesGcm(KeyRing.of("k1", KeyRing.generateKey()))));
    client = closing(ManagementClient.of(trigrun, PingRoutes.of(trigrun)));
  }

  // who may

  @Test
  void without_a_token_that_somebody_has_nothing_is_told() {
    for (String nobody : List.of("", "nobody-has-this", "writer-of-defaultx", "ü")) {
      Reply reply = client.send("GET", "/monitors", "", "Authorization", "Bearer " + nobody);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.code()).isEqualTo("unauthorized");
      assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
    }
    assertThat(client.send("GET", "/monitors", "", "Authorization", "Basic YTpi").status())
        .isEqualTo(401);
    assertThat(client.send("GET", "/monitors", "", "Authorization", "bEARER writer-of-default"))
        .extracting(Reply::status)
        .isEqualTo(200);
  }

  @Test
  void guessing_ends_in_429_and_locks_nobody_out() {
    ManagementClient guesser = client.as("wrong-wrong");
    for (int i = 0; i < 30; i++) {
      assertThat(guesser.get("/monitors").status()).isEqualTo(401);
    }
    Reply reply = guesser.get("/monitors");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("Retry-After")).contains("2");
    assertThat(client.get("/monitors").status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(2));
    assertThat(guesser.get("/monitors").status()).isEqualTo(401);
  }

  @Test
  void who_reads_changes_nothing() {
    ManagementClient reader = client.as(READER);
    String id = client.post("/monitors", LAMP).at("/id");
    assertThat(reader.get("/monitors/" + id).status()).isEqualTo(200);
    assertThat(reader.post("/monitors", LAMP).code()).isEqualTo("forbidden");
    assertThat(reader.patch("/monitors/" + id, "{}").status()).isEqualTo(403);
    assertThat(reader.post("/monitors/" + id + "/pause", "").status()).isEqualTo(403);
    assertThat(reader.delete("/monitors/" + id).status()).isEqualTo(403);
    assertThat(client.get("/monitors/" + id).at("/state")).isEqualTo("pending");
  }

  @Test
  void what_is_in_another_workspace_is_not_there() {
    String id = client.post("/monitors", LAMP).at("/id");
    ManagementClient stranger = client.as(STRANGER);
    Reply foreign = stranger.get("/monitors/" + id);
    Reply unknown = stranger.get("/monitors/01980000-0000-7000-8000-000000000000");
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.body()).isEqualTo(unknown.body());
    assertThat(stranger.patch("/monitors/" + id, "{}").status()).isEqualTo(404);
    assertThat(stranger.post("/monitors/" + id + "/resume", "").status()).isEqualTo(404);
    assertThat(stranger.delete("/monitors/" + id).status()).isEqualTo(404);
    assertThat(stranger.get("/monitors/" + id + "/pings").status()).isEqualTo(404);
    assertThat(stranger.get("/monitors").json().path("items").size()).isZero();
    assertThat(client.get("/monitors/no-uuid").status()).isEqualTo(404);
    assertThat(client.get("/monitors/1-1-1-1-1").status()).isEqualTo(404);
  }

  @Test
  void tokens_are_created_listed_and_revoked_and_the_store_has_only_their_hashes() {
    BearerTokens tokens = BearerTokens.of(trigrun);
    BearerToken.Issued issued = tokens.create("ci", "default", Role.READ);
    ManagementClient ci = client.as(issued.text());

    assertThat(issued.text()).matches("trk_[A-Za-z0-9_-]{43}");
    assertThat(ci.get("/monitors").status()).isEqualTo(200);
    assertThat(ci.post("/monitors", LAMP).status()).isEqualTo(403);
    assertThat(tokens.list("default", 10).items()).containsExactly(issued.token());
    assertThat(tokens.list("another", 10).items()).isEmpty();
    assertThat(kept("bearer_token").toString()).doesNotContain(issued.text().substring(4));
    assertThat(issued.toString()).doesNotContain(issued.text());

    tokens.revoke("default", issued.token().id());
    assertThat(ci.get("/monitors").status()).isEqualTo(401);
  }

  private List<Definition> kept(String kind) {
    return store().listDefinitions(DefinitionQuery.ofAllWorkspaces(kind)).items();
  }

  // what is asked for

  @Test
  void a_path_has_its_methods() {
    Reply reply = client.send("PUT", "/monitors", LAMP);
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).contains("GET, HEAD, POST");
    assertThat(client.send("HEAD", "/monitors/" + client.post("/monitors", LAMP).at("/id"), ""))
        .satisfies(head -> assertThat(head.body()).isEmpty())
        .satisfies(head -> assertThat(head.header("ETag")).contains("\"1\""));
    assertThat(client.get("/lamps").status()).isEqualTo(404);
    assertThat(client.get("/monitors/").status()).isEqualTo(404);
  }

  @Test
  void everything_that_is_wrong_with_a_body_is_told_at_once_by_json_pointers() {
    Reply reply =
        client.post(
            "/monitors",
            "{\"nam\": \"x\", \"expected_interval_sec\": \"60\", \"grace_seconds\": -1,"
                + " \"labels\": [\"ok\", 7]}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("validation_failed");
    assertThat(
            reply
                .json()
                .at("/error/details")
                .valueStream()
                .map(detail -> detail.path("field").stringValue()))
        .containsExactly("/nam", "/expected_interval_sec", "/grace_seconds", "/labels/1", "/name");
    assertThat(reply.at("/error/details/0/message")).contains("name maybe");
    assertThat(reply.at("/error/details/1/message"))
        .isEqualTo("expected a whole number, 1 to 31622400, got a text");
    assertThat(client.post("/monitors", "{\"name\": \" \", \"expected_interval_sec\": 1}"))
        .as("what only the builder knows")
        .satisfies(blank -> assertThat(blank.status()).isEqualTo(400))
        .satisfies(blank -> assertThat(blank.at("/error/details/0/field")).isEqualTo("/name"));
  }

  @Test
  void everything_that_is_wrong_with_a_query_is_told_by_name() {
    Reply refused = client.get("/monitors?limit=0&cursor=x&limt=1");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("cursor", "limit", "limt");
    assertThat(refused.at("/error/details/2/message"))
        .isEqualTo("expected another name, limit maybe");
  }

  @Test
  void a_condition_that_would_be_overlooked_is_refused() {
    String path = "/monitors/" + client.post("/monitors", LAMP).at("/id");
    Reply refused = client.post(path + "/pause", "", "If-Match", "\"1\"");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("If-Match");
    assertThat(client.get(path).at("/state")).isNotEqualTo("paused");
  }

  private static String nested(int levels) {
    return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
  }

  @Test
  void a_body_is_an_object_of_json_and_says_so() {
    for (String bad :
        List.of(
            "[]",
            "1",
            "{",
            "{} {}",
            "{\"a\":1,\"a\":2}",
            "[".repeat(100_000),
            "nul",
            "\u0000",
            "{\"a\":1e9999999999}")) {
      assertThat(client.post("/monitors", bad).code()).isEqualTo("invalid_json");
    }
    assertThat(client.post("/monitors", nested(65)).code()).isEqualTo("invalid_json");
    assertThat(client.post("/monitors", nested(64)).fields()).as("64 levels").contains("/a");
    assertThat(client.post("/monitors", "", "Content-Type", "application/json").code())
        .isEqualTo("invalid_json");
    assertThat(client.post("/monitors", LAMP, "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(client.post("/monitors", " ".repeat((1 << 20) + 1)).status()).isEqualTo(413);
    String id = client.post("/monitors", LAMP).at("/id");
    assertThat(client.post("/monitors/" + id + "/pause", "{}").status()).isEqualTo(200);
    assertThat(client.post("/monitors/" + id + "/pause", "{\"for\": 1}").status()).isEqualTo(400);
  }

  @Test
  void lists_have_pages() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(1));
      names.add(0, "m" + i);
      client.post("/monitors", LAMP.replace("lamp", "m" + i));
    }
    List<String> seen = new ArrayList<>();
    Reply page = client.get("/monitors?limit=2");
    while (true) {
      page.json()
          .path("items")
          .valueStream()
          .forEach(item -> seen.add(item.at("/name").stringValue()));
      if (!page.json().has("next_cursor")) {
        break;
      }
      page = client.get("/monitors?limit=2&cursor=" + page.at("/next_cursor"));
    }
    assertThat(seen).isEqualTo(names);
    for (String bad :
        List.of(
            "limit=0",
            "limit=101",
            "limit=x",
            "limit=",
            "limit=1&limit=2",
            "cursor=x",
            "cursor=",
            "limti=1",
            "cursor=" + "_".repeat(32))) {
      Reply reply = client.get("/monitors?" + bad);
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.json().at("/error/details").size()).isOne();
    }
  }

  // as it was

  @Test
  void what_was_changed_meanwhile_is_not_changed_by_who_says_how_it_was() {
    Reply created = client.post("/monitors", LAMP);
    String path = "/monitors/" + created.at("/id");
    String tag = created.header("ETag").orElseThrow();
    assertThat(client.get(path).header("ETag")).contains(tag);
    Reply changed = client.patch(path, "{\"grace_seconds\": 5}", "If-Match", tag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(created.header("ETag"));

    assertThat(client.patch(path, "{\"grace_seconds\": 6}", "If-Match", tag).code())
        .isEqualTo("precondition_failed");
    assertThat(
            client
                .patch(path, "{}", "If-Match", "W/" + changed.header("ETag").orElseThrow())
                .status())
        .as("a weak tag is not enough")
        .isEqualTo(412);
    assertThat(client.delete(path, "If-Match", tag).status()).isEqualTo(412);
    assertThat(client.get(path).at("/grace_seconds")).isEqualTo("5");
    assertThat(client.patch(path, "{\"grace_seconds\": 7}", "If-Match", "*").status())
        .isEqualTo(200);
    String now = client.get(path).header("ETag").orElseThrow();
    assertThat(client.delete(path, "If-Match", "\"other\", " + now).status()).isEqualTo(204);
    assertThat(client.delete(path).status()).isEqualTo(404);
  }

  @Test
  void of_many_that_change_what_they_have_seen_one_does() throws Exception {
    Reply created = client.post("/monitors", LAMP);
    String path = "/monitors/" + created.at("/id");
    String tag = created.header("ETag").orElseThrow();
    List<Integer> answers =
        Crowd.rush(
            8, i -> client.patch(path, "{\"grace_seconds\": " + i + "}", "If-Match", tag).status());
    assertThat(answers).containsOnly(200, 412).filteredOn(status -> status == 200).hasSize(1);
  }

  // once

  @Test
  void the_same_request_with_the_same_key_is_done_once_and_answered_as_before() {
    Reply first = client.post("/monitors", LAMP, "Idempotency-Key", "\"6f9f-1\"");
    Reply again = client.post("/monitors", LAMP, "Idempotency-Key", "6f9f-1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).as("with its token").isEqualTo(first.body());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(client.get("/monitors").json().path("items").size()).isOne();

    Reply other = client.post("/monitors", LAMP.replace("60", "61"), "Idempotency-Key", "6f9f-1");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("idempotency_key_reused");
    assertThat(client.as(STRANGER).post("/monitors", LAMP, "Idempotency-Key", "6f9f-1").status())
        .as("another workspace has keys of its own")
        .isEqualTo(201);
    for (String bad : List.of("\"\"", "x".repeat(256), "a b")) {
      assertThat(client.post("/monitors", LAMP, "Idempotency-Key", bad).status()).isEqualTo(400);
    }
  }

  @Test
  void what_was_refused_has_used_up_no_key() {
    assertThat(client.post("/monitors", LAMP).status()).isEqualTo(201);
    assertThat(client.post("/monitors", LAMP, "Idempotency-Key", "k").code()).isEqualTo("conflict");
    assertThat(client.post("/monitors", "{}", "Idempotency-Key", "k").status()).isEqualTo(400);
    assertThat(client.post("/monitors", LAMP.replace("lamp", "b"), "Idempotency-Key", "k").status())
        .isEqualTo(201);
  }

  @Test
  void of_many_at_once_with_one_key_one_is_done() throws Exception {
    List<Integer> answers =
        Crowd.rush(8, i -> client.post("/monitors", LAMP, "Idempotency-Key", "crowd").status());
    assertThat(answers).contains(201).isSubsetOf(201, 409);
    assertThat(client.post("/monitors", LAMP, "Idempotency-Key", "crowd").status()).isEqualTo(201);
    assertThat(client.get("/monitors").json().path("items").size()).isOne();
  }

  @Test
  void keys_are_forgotten_after_a_day_and_the_store_can_read_neither_body_nor_answer() {
    Reply created =
        client.post(
            "/secrets", "{\"name\": \"a\", \"value\": \"tiger-42\"}", "Idempotency-Key", "key-1");
    Reply monitor = client.post("/monitors", LAMP, "Idempotency-Key", "key-2");
    assertThat(created.status()).isEqualTo(201);
    List<Definition> kept = kept(Expiry.IDEMPOTENCY_KEYS.kind());
    assertThat(kept).hasSize(2);
    assertThat(kept.toString())
        .doesNotContain("tiger-42", "key-1", "lamp", monitor.at("/ping_token"));

    clock.advance(Duration.ofHours(23));
    trigrun.purgeHistory();
    assertThat(kept(Expiry.IDEMPOTENCY_KEYS.kind())).hasSize(2);
    clock.advance(Duration.ofHours(1).plusSeconds(1));
    assertThat(client.post("/monitors", LAMP, "Idempotency-Key", "key-2").code())
        .as("it is done again, as nothing is known of it, cleaned up or not")
        .isEqualTo("conflict");
    trigrun.purgeHistory();
    assertThat(kept(Expiry.IDEMPOTENCY_KEYS.kind())).isEmpty();
  }

  // the document

  @Test
  void the_document_is_there_for_everybody_and_has_every_route() {
    Reply document = client.send("GET", "/openapi.json", "", "Authorization", "none");
    assertThat(document.status()).isEqualTo(200);
    assertThat(document.at("/openapi")).isEqualTo("3.1.0");
    assertThat(document.at("/servers/0/url")).isEqualTo("https://jobs.example.com/v1");
    trigrun
        .host()
        .routes()
        .forEach(
            route ->
                assertThat(
                        document
                            .json()
                            .path("paths")
                            .path(route.path())
                            .path(route.method().toLowerCase(Locale.ROOT))
                            .path("operationId")
                            .stringValue())
                    .isEqualTo(route.name()));
  }

  @Test
  void answers_are_kept_by_nobody_on_the_way() {
    for (Reply reply : List.of(client.get("/monitors"), client.get("/monitors/x"))) {
      assertThat(reply.header("Cache-Control")).contains("no-store");
      assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    }
  }
}
