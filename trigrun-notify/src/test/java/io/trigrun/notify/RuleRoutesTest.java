package io.trigrun.notify;

import static io.trigrun.contract.http.ManagementClient.READER;
import static io.trigrun.contract.http.ManagementClient.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import io.trigrun.monitor.MonitorSpec;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnMemoryAndH2
@DisplayName("H1, N10: rules over HTTP")
class RuleRoutesTest {

  private static final String COMMON = "/notification-rules";

  private final Scenario scenario;
  private ManagementClient client;
  private String channel = "";
  private String ofJob = "";
  private String ofMonitor = "";

  RuleRoutesTest(TestStore store) {
    scenario =
        new Scenario(
            store.open(), Notifications.builder().event("run_failed").build(), builder -> builder);
  }

  @BeforeEach
  void serve() {
    client = ManagementClient.of(scenario.trigrun);
    channel = scenario.channel("ops").id().toString();
    ofJob = "/jobs/" + scenario.job.id() + "/notification-rules";
    UUID monitor =
        scenario
            .trigrun
            .monitors()
            .create(MonitorSpec.of("API", Duration.ofMinutes(1)))
            .monitor()
            .id();
    ofMonitor = "/monitors/" + monitor + "/notification-rules";
  }

  @AfterEach
  void close() {
    client.close();
    scenario.close();
  }

  private String rule(String event, String more) {
    return "{\"channel_id\": \"%s\", \"event\": \"%s\"%s}".formatted(channel, event, more);
  }

  @Test
  void each_event_can_be_told() {
    for (String event :
        List.of(
            "on_success",
            "on_failure",
            "on_completion",
            "on_error",
            "on_retries_exhausted",
            "on_approval_required")) {
      assertThat(client.post(ofJob, rule(event, "")).at("/event")).isEqualTo(event);
    }
    for (String event : List.of("on_down", "on_recovery")) {
      assertThat(client.post(ofMonitor, rule(event, "")).at("/event")).isEqualTo(event);
    }
    String whole = ", \"workspace\": true";
    for (String event : List.of("on_channel_disabled", "run_failed")) {
      assertThat(client.post(COMMON, rule(event, whole)).at("/event")).isEqualTo(event);
    }
  }

  @Test
  void what_can_not_happen_is_refused() {
    assertThat(client.post(ofJob, rule("on_down", "")).fields()).containsExactly("/event");
    assertThat(client.post(ofMonitor, rule("on_failure", "")).fields()).containsExactly("/event");
    assertThat(client.post(ofJob, rule("on_fire", "")).fields()).containsExactly("/event");
    assertThat(client.post(COMMON, rule("other", ", \"label\": \"eu\"")).fields())
        .containsExactly("/event");
    assertThat(
            client
                .post(ofJob, rule("on_down", "").replace(channel, UUID.randomUUID() + ""))
                .fields())
        .containsExactlyInAnyOrder("/event", "/channel_id");
  }

  @Test
  void rules_about_many_have_a_label_or_the_workspace() {
    Reply label = client.post(COMMON, rule("on_failure", ", \"label\": \"eu\""));
    assertThat(label.status()).isEqualTo(201);
    assertThat(label.body())
        .isEqualTo(
            ("{\"id\":\"%s\",\"label\":\"eu\",\"channel_id\":\"%s\",\"channel_name\":\"ops\","
                    + "\"channel_type\":\"webhook\",\"event\":\"on_failure\"}")
                .formatted(label.at("/id"), channel));
    Reply whole = client.post(COMMON, rule("on_down", ", \"workspace\": true"));
    assertThat(whole.at("/workspace")).isEqualTo("true");
    assertThat(client.get(COMMON).json().at("/items").size()).isEqualTo(2);
    assertThat(client.get(ofJob).json().at("/items")).isEmpty();

    for (String more :
        List.of("", ", \"workspace\": false", ", \"label\": \"eu\", \"workspace\": true")) {
      assertThat(client.post(COMMON, rule("on_failure", more)).fields()).containsExactly("/label");
    }
    assertThat(client.post(COMMON, rule("on_failure", ", \"label\": \"a b\"")).fields())
        .containsExactly("/label");
    assertThat(client.post(ofJob, rule("on_failure", ", \"label\": \"eu\"")).fields())
        .containsExactly("/label");
  }

  @Test
  void options_are_shown_kept_and_taken_back() {
    Reply added =
        client.post(
            ofJob,
            rule(
                "on_failure",
                ", \"template\": {\"text\": \"{{job.name}} is down\"},"
                    + " \"flapping\": {\"changes\": 5, \"within\": \"1h\"}"));
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json().at("/template").toString())
        .isEqualTo("{\"text\":\"{{job.name}} is down\"}");
    assertThat(added.json().at("/flapping").toString())
        .isEqualTo("{\"changes\":5,\"within\":\"PT1H\",\"steady_for\":\"PT1H\"}");

    Reply again = client.post(ofJob, rule("on_failure", ""));
    assertThat(again.status()).as("it was there").isEqualTo(200);
    assertThat(again.json()).isEqualTo(added.json());

    Reply less = client.post(ofJob, rule("on_failure", ", \"template\": null, \"flapping\": null"));
    assertThat(less.status()).isEqualTo(200);
    assertThat(less.at("/id")).isEqualTo(added.at("/id"));
    assertThat(less.json().has("template") || less.json().has("flapping")).isFalse();

    Reply digest =
        client.post(ofJob, rule("on_failure", ", \"digest\": {\"cron\": \"0 8 * * *\"}"));
    assertThat(digest.status()).isEqualTo(201);
    assertThat(digest.json().at("/digest").toString())
        .isEqualTo("{\"cron\":\"0 8 * * *\",\"timezone\":\"UTC\"}");
  }

  @Test
  void all_that_is_wrong_with_options_is_told_at_once() {
    Reply refused =
        client.post(
            ofJob,
            rule(
                "on_fire",
                ", \"digest\": {\"cron\": \"0 8 * *\", \"timezone\": \"Moon/Base\"},"
                    + " \"template\": {\"title\": \" \", \"text\": \"{{jbo}}\"},"
                    + " \"flapping\": {\"changes\": 5, \"within\": \"soon\", \"steady_for\": \"1s\"}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields())
        .contains(
            "/event", "/digest/cron", "/template/title", "/template/text", "/flapping/within");
    assertThat(
            client
                .post(
                    ofJob,
                    rule(
                        "on_failure",
                        ", \"flapping\": {\"changes\": 2, \"within\": \"1h\", \"x\": 1}"))
                .fields())
        .containsExactlyInAnyOrder("/flapping/changes", "/flapping/x");
    assertThat(
            client
                .post(
                    ofJob,
                    rule("on_failure", ", \"flapping\": {\"changes\": 5, \"within\": \"1s\"}"))
                .fields())
        .containsExactly("/flapping/within");
  }

  @Test
  void a_rule_is_its_job_s_and_no_other_s() {
    Job other = scenario.trigrun.jobs().create(JobSpec.named("other").handler("sync").build());
    String id = client.post(ofJob, rule("on_failure", "")).at("/id");
    String elsewhere = "/jobs/" + other.id() + "/notification-rules/" + id;
    assertThat(client.get(elsewhere).status()).isEqualTo(404);
    assertThat(client.delete(elsewhere).status()).isEqualTo(404);
    assertThat(client.delete(COMMON + "/" + id).status()).isEqualTo(404);
    assertThat(client.delete(ofMonitor + "/" + id).status()).isEqualTo(404);
    assertThat(client.get(ofJob + "/" + id).at("/id")).isEqualTo(id);
    assertThat(client.get("/jobs/" + UUID.randomUUID() + "/notification-rules").status())
        .isEqualTo(404);
    assertThat(client.post(ofMonitor.replace("monitors", "jobs"), rule("on_failure", "")).status())
        .isEqualTo(404);
  }

  @Test
  void who_has_seen_an_older_version_removes_nothing() {
    Reply added = client.post(ofJob, rule("on_failure", ""), "Idempotency-Key", "k-1");
    assertThat(client.post(ofJob, rule("on_failure", ""), "Idempotency-Key", "k-1").status())
        .isEqualTo(201);
    String path = ofJob + "/" + added.at("/id");
    String seen = added.header("ETag").orElseThrow();
    client.post(ofJob, rule("on_failure", ", \"template\": {\"title\": \"x\"}"));
    assertThat(client.delete(path, "If-Match", seen).status()).isEqualTo(412);
    String now = client.get(path).header("ETag").orElseThrow();
    assertThat(client.delete(path, "If-Match", now).status()).isEqualTo(204);
    assertThat(client.delete(path).status()).isEqualTo(404);
  }

  @Test
  void lists_have_pages() {
    for (String event : List.of("on_success", "on_failure", "on_error")) {
      client.post(ofJob, rule(event, ""));
      scenario.clock.advance(Duration.ofSeconds(1));
    }
    Reply first = client.get(ofJob + "?limit=2");
    assertThat(events(first)).containsExactly("on_error", "on_failure");
    Reply last = client.get(ofJob + "?limit=2&cursor=" + first.at("/next_cursor"));
    assertThat(events(last)).containsExactly("on_success");
    assertThat(last.json().has("next_cursor")).isFalse();
  }

  private static List<String> events(Reply reply) {
    return reply
        .json()
        .path("items")
        .valueStream()
        .map((JsonNode item) -> item.path("event").asString())
        .toList();
  }

  @Test
  void readers_look_and_strangers_see_nothing() {
    String id = client.post(ofJob, rule("on_failure", "")).at("/id");
    String common = client.post(COMMON, rule("on_failure", ", \"label\": \"eu\"")).at("/id");
    ManagementClient reader = client.as(READER);
    assertThat(reader.get(ofJob).json().path("items").size()).isEqualTo(1);
    assertThat(reader.post(ofJob, rule("on_success", "")).status()).isEqualTo(403);
    assertThat(reader.delete(ofJob + "/" + id).status()).isEqualTo(403);

    ManagementClient stranger = client.as(STRANGER);
    for (Reply reply :
        List.of(
            stranger.get(ofJob),
            stranger.get(ofMonitor),
            stranger.post(ofJob, rule("on_success", "")),
            stranger.get(ofJob + "/" + id),
            stranger.delete(ofJob + "/" + id),
            stranger.get(COMMON + "/" + common),
            stranger.delete(COMMON + "/" + common))) {
      assertThat(reply.status()).isEqualTo(404);
    }
    assertThat(stranger.get(COMMON).body()).isEqualTo("{\"items\":[]}");
    assertThat(stranger.post(COMMON, rule("on_success", ", \"workspace\": true")).fields())
        .containsExactly("/channel_id");
  }
}
