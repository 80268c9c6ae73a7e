package io.trigrun.contract.feature;

import static io.trigrun.contract.http.ManagementClient.PUBLIC_URL;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import io.trigrun.http.HttpAction;
import io.trigrun.inbound.PingRoutes;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows S11 and S12 over HTTP. */
abstract class H01SecretsAndMonitors extends FeatureTest {

  private static final String BACKUP =
      "{\"name\": \"backup\", \"expected_interval_sec\": 60, \"grace_seconds\": 30}";

  private TrigRun trigrun;
  private ManagementClient client;

  @BeforeEach
  void serve() {
    trigrun = open(manual().secrets(SecretCipher.aesGcm(KeyRing.of("k1", KeyRing.generateKey()))));
    client = closing(ManagementClient.of(trigrun, PingRoutes.of(trigrun)));
  }

  // secrets

  @Test
  void a_secret_is_created_listed_replaced_and_deleted_and_never_shown() {
    Reply created = client.post("/secrets", "{\"name\": \"api-key\", \"value\": \"tiger-42\"}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body())
        .isEqualTo(
            "{\"name\":\"api-key\",\"key_version\":\"k1\","
                + "\"created_at\":\"2026-03-16T10:00:00.000Z\","
                + "\"updated_at\":\"2026-03-16T10:00:00.000Z\"}");
    clock.advance(Duration.ofMillis(1_500));
    Reply replaced = client.patch("/secrets/api-key", "{\"value\": \"tiger-43\"}");
    assertThat(replaced.at("/updated_at")).isEqualTo("2026-03-16T10:00:01.500Z");
    assertThat(client.get("/secrets/api-key").body()).isEqualTo(replaced.body());
    assertThat(client.get("/secrets").json().at("/items/0")).isEqualTo(replaced.json());
    assertThat(client.delete("/secrets/api-key").status()).isEqualTo(204);
    assertThat(client.get("/secrets/api-key").status()).isEqualTo(404);
    assertThat(client.patch("/secrets/api-key", "{\"value\": \"tiger-44\"}").status())
        .isEqualTo(404);
  }

  @Test
  void a_refused_value_is_not_shown_either() {
    for (String body :
        new String[] {
          "{\"name\": \"a\", \"value\": \"pwd\"}",
          "{\"name\": \"a b\", \"value\": \"pwd-\\ud800\"}",
          "{\"name\": \"a\", \"value\": [\"pwd-1\"]}",
          "{\"name\": \"a\", \"value\": \"pwd-1\", \"x\": 1}"
        }) {
      Reply reply = client.post("/secrets", body);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).doesNotContain("pwd");
    }
  }

  @Test
  void a_secret_that_somebody_needs_stays_and_who_that_is_is_told() {
    client.post("/secrets", "{\"name\": \"api-key\", \"value\": \"tiger-42\"}");
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("uses-it")
                    .action(
                        HttpAction.get("http://127.0.0.1:1/")
                            .header("X-Key", "secret://api-key")
                            .build())
                    .build());
    Reply refused = client.delete("/secrets/api-key");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().at("/error/details/0").toString())
        .isEqualTo("{\"kind\":\"job\",\"id\":\"" + job.id() + "\",\"name\":\"uses-it\"}");
    assertThat(client.post("/secrets", "{\"name\": \"api-key\", \"value\": \"tiger-42\"}").status())
        .isEqualTo(409);
  }

  @Test
  void without_a_cipher_it_says_so() {
    ManagementClient bare = closing(ManagementClient.of(open(manual())));
    assertThat(bare.post("/secrets", "{\"name\": \"a\", \"value\": \"tiger\"}").code())
        .isEqualTo("not_configured");
  }

  // monitors

  @Test
  void a_monitor_is_created_pinged_changed_paused_resumed_and_deleted() {
    Reply created = client.post("/monitors", BACKUP);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/state")).isEqualTo("pending");
    assertThat(created.at("/expected_interval_sec")).isEqualTo("60");
    assertThat(created.at("/grace_seconds")).isEqualTo("30");
    assertThat(created.json().at("/last_ping_at").isNull()).isTrue();
    assertThat(created.at("/next_expected_at")).isEqualTo("2026-03-16T10:01:00.000Z");
    String token = created.at("/ping_token");
    assertThat(token).startsWith("mping_");
    assertThat(created.at("/ping_url")).isEqualTo(PUBLIC_URL + "/v1/ping/" + token);

    String path = "/monitors/" + created.at("/id");
    clock.advance(Duration.ofSeconds(10));
    assertThat(client.get("/ping/" + token).body()).isEqualTo("{\"ok\": true, \"state\": \"up\"}");
    Reply up = client.get(path);
    assertThat(up.at("/state")).isEqualTo("up");
    assertThat(up.at("/last_ping_at")).isEqualTo("2026-03-16T10:00:10.000Z");
    assertThat(up.body()).doesNotContain("mping_");

    Reply changed = client.patch(path, "{\"expected_interval_sec\": 120, \"labels\": [\"eu\"]}");
    assertThat(changed.at("/expected_interval_sec")).isEqualTo("120");
    assertThat(changed.at("/grace_seconds")).as("what is not said stays").isEqualTo("30");
    assertThat(changed.at("/labels/0")).isEqualTo("eu");

    assertThat(client.post(path + "/pause", "").at("/state")).isEqualTo("paused");
    assertThat(client.post("/ping/" + token, "").at("/state")).isEqualTo("paused");
    assertThat(client.post("/ping/" + token, "").json().has("message")).isTrue();
    assertThat(client.post(path + "/resume", "").at("/state")).isEqualTo("pending");
    assertThat(client.get(path + "/pings").json().path("items").size()).isEqualTo(3);
    assertThat(client.get(path + "/pings?limit=1").at("/items/0/number")).isEqualTo("3");
    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.get("/ping/" + token).status()).isEqualTo(404);
  }

  @Test
  void a_new_token_makes_the_old_one_unknown() {
    Reply created = client.post("/monitors", BACKUP);
    Reply rotated = client.post("/monitors/" + created.at("/id") + "/rotate-token", "");
    assertThat(client.get("/ping/" + created.at("/ping_token")).status()).isEqualTo(404);
    assertThat(client.get("/ping/" + rotated.at("/ping_token")).status()).isEqualTo(200);
  }

  @Test
  void guessing_tokens_ends_in_429_and_a_token_that_somebody_has_always_works() {
    String token = client.post("/monitors", BACKUP).at("/ping_token");
    for (int i = 0; i < 30; i++) {
      assertThat(client.get("/ping/guess-" + i).status()).isEqualTo(404);
    }
    assertThat(client.get("/ping/guess").status()).isEqualTo(429);
    assertThat(client.get("/ping/" + token).status()).isEqualTo(200);
    assertThat(client.delete("/ping/" + token).header("Allow")).contains("GET, HEAD, POST");
  }
}
