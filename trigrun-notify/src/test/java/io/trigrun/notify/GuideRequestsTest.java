package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.notify.channel.ResendMail;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each request of the two guides to notifications, with the answers that they show. */
@OnEveryStore
@DisplayName("H1: the requests of the guides")
class GuideRequestsTest {

  private static final Set<String> SECRETS =
      Set.of("webhook_url", "bot_token", "signing_secret", "secret");

  private static final String BOT_TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
  private static final String TELEGRAM =
      """
      {
        "name": "tg-alerts",
        "type": "telegram",
        "config": {
          "bot_token": "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
          "chat_id": "-1001234567890",
          "disable_web_page_preview": true,
          "include_output": false
        }
      }
      """;

  private final Receiver telegram = new Receiver();
  private final Scenario scenario;
  private ManagementClient client;

  GuideRequestsTest(TestStore store) {
    Notifications notifications =
        Notifications.builder()
            .telegramApiUrl(URI.create(telegram.url("")))
            .email(ResendMail.of("re_key", "TrigRun <alerts@example.com>"))
            .build();
    scenario = new Scenario(store.open(), notifications, builder -> builder);
  }

  @BeforeEach
  void serve() {
    client = ManagementClient.of(scenario.trigrun);
  }

  @AfterEach
  void close() {
    client.close();
    scenario.close();
    telegram.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {
          "name": "slack-alerts",
          "type": "slack",
          "config": {
            "webhook_url": "https://hooks.slack.com/services/T00/B00/xxx",
            "mention_text": "@channel",
            "include_output": false
          }
        }
        """,
        """
        {
          "name": "discord-alerts",
          "type": "discord",
          "config": {
            "webhook_url": "https://discord.com/api/webhooks/123/abc",
            "thread_id": "456",
            "mention_role_ids": ["789012345678"],
            "include_output": false
          }
        }
        """,
        TELEGRAM,
        """
        {
          "name": "ops-webhook",
          "type": "webhook",
          "config": {
            "url": "https://api.example.com/hooks/cron",
            "signing_secret": "whsec_your_signing_secret"
          }
        }
        """,
        """
        {
          "name": "team-email",
          "type": "email",
          "config": {
            "email": "team@example.com"
          }
        }
        """,
        // the older guide
        """
        {
          "name": "ops-webhook",
          "type": "webhook",
          "config": {
            "url": "https://api.example.com/hooks/cron",
            "secret": "whsec_your_signing_secret"
          }
        }
        """,
        """
        {
          "name": "slack-alerts",
          "type": "slack",
          "config": {
            "url": "https://hooks.slack.com/services/T00/B00/xxx"
          }
        }
        """
      })
  void creating_a_channel(String body) {
    Reply created = client.post("/notification-channels", body);

    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    JsonNode asked = JsonMapper.shared().readTree(body);
    assertThat(created.at("/name")).isEqualTo(asked.path("name").asString());
    assertThat(created.at("/type")).isEqualTo(asked.path("type").asString());
    boolean isSlack = created.at("/type").equals("slack");
    asked
        .path("config")
        .properties()
        .forEach(
            setting -> {
              String name = setting.getKey();
              if (SECRETS.contains(name) || (isSlack && name.equals("url"))) {
                assertThat(created.body()).doesNotContain(setting.getValue().asString());
              } else {
                assertThat(created.json().path("config").path(name)).isEqualTo(setting.getValue());
              }
            });
    assertThat(client.get("/notification-channels").json().path("items").get(0))
        .isEqualTo(created.json());
    assertThat(client.get("/notification-channels/" + created.at("/id")).json())
        .isEqualTo(created.json());
  }

  @Test
  void testing_a_channel() {
    String id = client.post("/notification-channels", TELEGRAM).at("/id");
    telegram.answers(1, 200, Map.of(), "{\"ok\":true,\"result\":{\"message_id\":1}}");
    Reply sent = client.post("/notification-channels/" + id + "/test", "");
    assertThat(sent.status()).isEqualTo(200);
    shows("{ \"ok\": true, \"channel_id\": \"clx...\", \"provider\": \"telegram\" }", sent.json());
    assertThat(sent.at("/channel_id")).isEqualTo(id);

    telegram.answers(
        1,
        403,
        Map.of(),
        "{\"ok\":false,\"error_code\":403,"
            + "\"description\":\"Forbidden: bot was blocked by the user\"}");
    Reply refused = client.post("/notification-channels/" + id + "/test", "");
    assertThat(refused.status()).isEqualTo(200);
    shows(
        """
        {
          "ok": false,
          "error": { "code": "notification_test_failed", "message": "Telegram returned 403: bot was blocked by the user" },
          "http_status": 403,
          "permanent": true
        }
        """,
        refused.json());
    assertThat(refused.body()).doesNotContain(BOT_TOKEN);
    assertThat(client.get("/notification-deliveries").json().path("items")).isEmpty();
  }

  @Test
  void attaching_rules_to_jobs_listing_and_removing_them() {
    Channel slack =
        scenario
            .notifications
            .channels()
            .create(Channels.slack("slack-alerts", "https://hooks.slack.com/services/T00/B00/xxx"));
    String rules = "/jobs/" + scenario.job.id() + "/notification-rules";
    Reply added =
        client.post(
            rules,
            """
            {
              "channel_id": "CHANNEL_ID",
              "event": "on_failure"
            }
            """
                .replace("CHANNEL_ID", slack.id().toString()));
    assertThat(added.status()).isEqualTo(201);

    Reply listed = client.get(rules);
    shows(
        """
        {
          "items": [
            {
              "id": "clx...",
              "job_id": "clx...",
              "channel_id": "clx...",
              "channel_name": "slack-alerts",
              "channel_type": "slack",
              "event": "on_failure"
            }
          ]
        }
        """,
        listed.json());
    assertThat(listed.json().at("/items/0")).isEqualTo(added.json());

    assertThat(client.delete(rules + "/" + added.at("/id")).status()).isEqualTo(204);
    assertThat(client.get(rules).body()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void attaching_rules_to_monitors() {
    UUID monitor =
        scenario
            .trigrun
            .monitors()
            .create(MonitorSpec.of("API Health", Duration.ofMinutes(1)))
            .monitor()
            .id();
    Reply added =
        client.post(
            "/monitors/" + monitor + "/notification-rules",
            """
            {
              "channel_id": "CHANNEL_ID",
              "event": "on_down"
            }
            """
                .replace("CHANNEL_ID", scenario.channel("ops").id().toString()));
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.at("/monitor_id")).isEqualTo(monitor.toString());
  }

  @Test
  void following_deliveries() {
    Channel ops = scenario.channel("ops", NotificationEvent.ON_FAILURE);
    scenario.receiver.answers(1, 404);
    Execution run = scenario.failing(3).run();

    Reply failed = client.get("/notification-deliveries?status=failed");
    assertThat(failed.at("/items/0/channel_id")).isEqualTo(ops.id().toString());
    Reply ofRun = client.get("/executions/" + run.id() + "/notifications");
    assertThat(ofRun.json()).isEqualTo(failed.json());

    String id = failed.at("/items/0/id");
    assertThat(client.post("/notification-deliveries/" + id + "/retry", "").status())
        .isEqualTo(202);
    scenario.driver.runDue();
    assertThat(client.get("/notification-deliveries?status=failed").json().path("items")).isEmpty();
    assertThat(client.get("/notification-deliveries/" + id).at("/status")).isEqualTo("sent");
  }

  @Test
  void secrets_that_channels_need_can_not_be_deleted() {
    client.post("/secrets", "{\"name\": \"hook\", \"value\": \"whsec_your_signing_secret\"}");
    Reply channel =
        client.post(
            "/notification-channels",
            "{\"name\": \"ops\", \"type\": \"webhook\", \"config\": {\"url\":"
                + " \"https://example.com/hook\", \"signing_secret\": \"secret://hook\"}}");
    assertThat(channel.at("/secret_hints/signing_secret")).isEqualTo("secret://hook");

    Reply refused = client.delete("/secrets/hook");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/error/details/0/id")).isEqualTo(channel.at("/id"));

    assertThat(client.delete("/notification-channels/" + channel.at("/id")).status())
        .isEqualTo(204);
    assertThat(client.delete("/secrets/hook").status()).isEqualTo(204);
  }

  /** Key for key; {@code clx...} stands for any id. */
  private static void shows(String guide, JsonNode answer) {
    same(JsonMapper.shared().readTree(guide), answer, "");
  }

  private static void same(JsonNode guide, JsonNode answer, String at) {
    if (guide.isObject()) {
      assertThat(new TreeSet<>(answer.propertyNames()))
          .as(at)
          .isEqualTo(new TreeSet<>(guide.propertyNames()));
      guide
          .properties()
          .forEach(
              field ->
                  same(field.getValue(), answer.path(field.getKey()), at + "/" + field.getKey()));
    } else if (guide.isArray()) {
      assertThat(answer.size()).as(at).isEqualTo(guide.size());
      for (int i = 0; i < guide.size(); i++) {
        same(guide.get(i), answer.get(i), at + "/" + i);
      }
    } else if (guide.asString().equals("clx...")) {
      assertThat(UUID.fromString(answer.asString())).as(at).isNotNull();
    } else {
      assertThat(answer).as(at).isEqualTo(guide);
    }
  }
}
