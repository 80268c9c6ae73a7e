package io.trigrun.notify;

import static io.trigrun.contract.http.ManagementClient.READER;
import static io.trigrun.contract.http.ManagementClient.STRANGER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.TrigRun;
import io.trigrun.WorkspaceLimits;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnMemoryAndH2
@DisplayName("H1, N1: channels over HTTP")
class ChannelRoutesTest {

  private static final String CHANNELS = "/notification-channels";

  private final Scenario scenario;
  private ManagementClient client;

  ChannelRoutesTest(TestStore store) {
    scenario =
        new Scenario(
            store.open(),
            Notifications.create(),
            builder -> builder.workspaceLimits("another", WorkspaceLimits.standard().channels(1)));
  }

  @BeforeEach
  void serve() {
    client = ManagementClient.of(scenario.trigrun);
  }

  @AfterEach
  void close() {
    client.close();
    scenario.close();
  }

  private static String webhook(String name, String more) {
    return "{\"name\": \"%s\", \"type\": \"webhook\", \"config\": {\"url\": \"https://a.example/hook\"%s}}"
        .formatted(name, more);
  }

  private Reply ops() {
    return client.post(
        CHANNELS, webhook("ops", ", \"signing_secret\": \"a-secret-of-some-length\""));
  }

  @Test
  void a_channel_is_shown_with_hints_only() {
    Reply created = ops();
    assertThat(created.body())
        .isEqualTo(
            ("{\"id\":\"%s\",\"name\":\"ops\",\"type\":\"webhook\",\"state\":\"active\","
                    + "\"config\":{\"url\":\"https://a.example/hook\"},"
                    + "\"secret_hints\":{\"signing_secret\":\"…ngth\"},"
                    + "\"created_at\":\"2026-03-16T10:00:00.000Z\","
                    + "\"updated_at\":\"2026-03-16T10:00:00.000Z\"}")
                .formatted(created.at("/id")));
  }

  @Test
  void a_change_leaves_the_rest_as_it_was_secrets_included() {
    String path = CHANNELS + "/" + ops().at("/id");
    Reply changed =
        client.patch(
            path,
            "{\"name\": \"operations\", \"config\": {\"include_output\": true},"
                + " \"template\": {\"title\": \"{{job.name}}\", \"payload\": {\"t\": \"{{title}}\"}}}");
    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(changed.at("/name")).isEqualTo("operations");
    assertThat(changed.json().at("/config").toString())
        .isEqualTo("{\"url\":\"https://a.example/hook\",\"include_output\":true}");
    assertThat(changed.json().at("/secret_hints").size()).isEqualTo(1);
    assertThat(changed.json().at("/template").toString())
        .isEqualTo("{\"title\":\"{{job.name}}\",\"payload\":{\"t\":\"{{title}}\"}}");

    Reply less =
        client.patch(
            path, "{\"config\": {\"include_output\": null, \"secret\": null}, \"template\": null}");
    assertThat(less.at("/name")).isEqualTo("operations");
    assertThat(less.json().at("/config").toString())
        .isEqualTo("{\"url\":\"https://a.example/hook\"}");
    assertThat(less.json().at("/secret_hints").toString()).isEqualTo("{}");
    assertThat(less.json().has("template")).isFalse();
  }

  @Test
  void where_it_would_lead_elsewhere_its_secrets_have_to_be_given_again() {
    String path = CHANNELS + "/" + ops().at("/id");
    Reply refused = client.patch(path, "{\"config\": {\"url\": \"https://evil.example/hook\"}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("/config/signing_secret");

    Reply moved =
        client.patch(
            path,
            "{\"config\": {\"url\": \"https://b.example/hook\", \"signing_secret\": \"other\"}}");
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.at("/config/url")).isEqualTo("https://b.example/hook");
    assertThat(moved.at("/secret_hints/signing_secret")).isEqualTo("…");
  }

  @Test
  void all_that_is_wrong_is_told_at_once_and_no_secret_is() {
    Reply shape =
        client.post(
            CHANNELS,
            "{\"name\": \"\", \"type\": \"webhook\", \"config\": {\"signing_secrets\": \"lion\","
                + " \"signing_secret\": [\"tiger\"], \"include_output\": \"yes\"}, \"nmae\": 1}");
    assertThat(shape.status()).isEqualTo(400);
    assertThat(shape.fields())
        .containsExactlyInAnyOrder(
            "/name",
            "/config/signing_secrets",
            "/config/url",
            "/config/signing_secret",
            "/config/include_output",
            "/nmae");
    assertThat(shape.body()).doesNotContain("tiger", "lion").contains("signing_secret maybe");

    Reply meaning =
        client.post(
            CHANNELS,
            webhook("ops", ", \"header_name\": \"Authorization\"")
                .replace("https://a.example/hook", "http://u:tiger@a.example/")
                .replaceFirst("\\{", "{\"template\": {\"title\": \"{{jbo.name}}\"}, "));
    assertThat(meaning.status()).isEqualTo(400);
    assertThat(meaning.fields())
        .containsExactlyInAnyOrder("/template/title", "/config/url", "/config/header_value");
    assertThat(meaning.body()).doesNotContain("tiger");

    assertThat(client.post(CHANNELS, "{\"type\": \"pigeon\"}").fields()).containsExactly("/type");
    assertThat(client.post(CHANNELS, "{\"type\": \"pigeon\"}").body())
        .contains("one of webhook, slack, discord, telegram, teams, email");
    assertThat(
            client
                .post(CHANNELS, "{\"name\": \"s\", \"type\": \"slack\", \"config\": {}}")
                .fields())
        .as("which may be spelled in two ways")
        .containsExactly("/config/webhook_url");
    assertThat(
            client
                .post(CHANNELS, webhook("x", ", \"secret\": \"one\", \"signing_secret\": \"two\""))
                .fields())
        .containsExactly("/config/secret");
  }

  @Test
  void what_has_not_the_shape_is_reviewed_further() {
    Reply refused =
        client.post(
            CHANNELS,
            webhook("ops", ", \"header_name\": \"X-A\"")
                .replaceFirst("\\{", "{\"x\": 1, \"template\": {\"title\": \"{{jbo.name}}\"}, "));
    assertThat(refused.fields())
        .containsExactlyInAnyOrder("/x", "/template/title", "/config/header_value");
  }

  @Test
  void examples_of_the_document_can_be_sent() {
    JsonNode examples =
        client
            .documented()
            .document()
            .path("paths")
            .path(CHANNELS)
            .at("/post/requestBody/content/application~1json/examples");
    assertThat(examples.size()).isEqualTo(2);
    for (JsonNode example : examples) {
      assertThat(client.post(CHANNELS, example.path("value").toString()).status()).isEqualTo(201);
    }
  }

  @Test
  void a_change_is_checked_by_what_the_channel_is() {
    String path = CHANNELS + "/" + ops().at("/id");
    assertThat(
            client
                .patch(path, "{\"config\": {\"include_output\": \"yes\", \"chat_id\": \"1\"}}")
                .fields())
        .containsExactly("/config/include_output", "/config/chat_id");
    assertThat(client.patch(path, "{\"type\": \"slack\"}").fields()).containsExactly("/type");
    assertThat(client.patch(path, "{\"config\": {\"url\": null}}").fields())
        .containsExactly("/config/url");
    assertThat(
            client
                .patch(path, "{\"config\": {\"secret\": \"a\", \"signing_secret\": \"b\"}}")
                .fields())
        .containsExactly("/config/secret");
    assertThat(client.patch(path, "{\"template\": {\"title\": \"{{jbo.name}}\"}}").fields())
        .containsExactly("/template/title");
    assertThat(client.get(path).at("/name")).isEqualTo("ops");
  }

  @Test
  void a_change_that_changes_nothing_is_none() {
    Reply created = ops();
    String path = CHANNELS + "/" + created.at("/id");
    scenario.clock.advance(Duration.ofSeconds(1));
    String same =
        "{\"name\": \"ops\", \"config\": {\"signing_secret\": \"a-secret-of-some-length\"}}";
    for (String body : List.of("{}", same)) {
      Reply changed = client.patch(path, body);
      assertThat(changed.json()).isEqualTo(created.json());
      assertThat(changed.header("ETag")).isEqualTo(created.header("ETag"));
    }
  }

  @Test
  void who_has_seen_an_older_version_changes_and_deletes_nothing() {
    Reply created = ops();
    String path = CHANNELS + "/" + created.at("/id");
    String seen = created.header("ETag").orElseThrow();
    Reply changed = client.patch(path, "{\"name\": \"dev\"}", "If-Match", seen);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(client.patch(path, "{\"name\": \"x\"}", "If-Match", seen).code())
        .isEqualTo("precondition_failed");
    assertThat(client.delete(path, "If-Match", seen).status()).isEqualTo(412);
    String now = changed.header("ETag").orElseThrow();
    assertThat(client.get(path).header("ETag")).contains(now);
    assertThat(client.delete(path, "If-Match", now).status()).isEqualTo(204);
    assertThat(client.delete(path, "If-Match", now).status()).isEqualTo(404);
  }

  @Test
  void the_same_request_with_the_same_key_creates_one() {
    Reply first = client.post(CHANNELS, webhook("ops", ""), "Idempotency-Key", "k-1");
    Reply again = client.post(CHANNELS, webhook("ops", ""), "Idempotency-Key", "k-1");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(client.post(CHANNELS, webhook("ops", "")).code()).isEqualTo("conflict");
  }

  @Test
  void lists_have_pages() {
    for (String name : List.of("a", "b", "c")) {
      client.post(CHANNELS, webhook(name, ""));
      scenario.clock.advance(Duration.ofSeconds(1));
    }
    Reply first = client.get(CHANNELS + "?limit=2");
    assertThat(first.json().at("/items").size()).isEqualTo(2);
    assertThat(first.at("/items/0/name")).isEqualTo("c");
    Reply last = client.get(CHANNELS + "?limit=2&cursor=" + first.at("/next_cursor"));
    assertThat(last.at("/items/0/name")).isEqualTo("a");
    assertThat(last.json().has("next_cursor")).isFalse();
  }

  @Test
  void readers_look_and_strangers_see_nothing() {
    String path = CHANNELS + "/" + ops().at("/id");
    ManagementClient reader = client.as(READER);
    assertThat(reader.get(path).status()).isEqualTo(200);
    assertThat(reader.post(CHANNELS, webhook("x", "")).status()).isEqualTo(403);
    assertThat(reader.patch(path, "{}").status()).isEqualTo(403);
    assertThat(reader.post(path + "/test", "").status()).isEqualTo(403);
    assertThat(reader.delete(path).status()).isEqualTo(403);

    ManagementClient stranger = client.as(STRANGER);
    assertThat(stranger.get(CHANNELS).body()).isEqualTo("{\"items\":[]}");
    for (Reply reply :
        List.of(
            stranger.get(path),
            stranger.patch(path, "{\"name\": \"mine\"}"),
            stranger.post(path + "/test", ""),
            stranger.post(path + "/enable", ""),
            stranger.delete(path))) {
      assertThat(reply.status()).isEqualTo(404);
    }
    assertThat(stranger.post(CHANNELS, webhook("ops", "")).status()).isEqualTo(201);
    assertThat(stranger.post(CHANNELS, webhook("dev", "")).code()).isEqualTo("limit_exceeded");
  }

  @Test
  void a_channel_that_was_disabled_says_so_until_it_is_enabled() {
    Channel ops = scenario.channel("ops", NotificationEvent.ON_SUCCESS);
    assertThat(
            scenario
                .notifications
                .noise()
                .set(
                    ops.id(),
                    NoiseControl.off().withAutoDisable(AutoDisable.after(1, Duration.ofDays(1)))))
        .isNotNull();
    String path = CHANNELS + "/" + ops.id();
    String seen = client.get(path).header("ETag").orElseThrow();
    scenario.receiver.answers(1, 404);
    scenario.run();
    scenario.driver.runDue();

    Reply disabled = client.get(path);
    assertThat(disabled.at("/state")).isEqualTo("disabled");
    assertThat(disabled.at("/disabled_at")).startsWith("2026-03-16T10:00:0");
    assertThat(disabled.at("/disabled_reason")).contains("404");
    assertThat(disabled.header("ETag").orElseThrow()).isNotEqualTo(seen);
    assertThat(client.get(CHANNELS).json().at("/items/0")).isEqualTo(disabled.json());

    Reply enabled = client.post(path + "/enable", "");
    assertThat(enabled.at("/state")).isEqualTo("active");
    assertThat(enabled.json().has("disabled_at")).isFalse();
    assertThat(client.get(path).json()).isEqualTo(enabled.json());
  }

  @Test
  void whatever_is_asked_for_no_secret_is_in_answers_and_log() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      String secret = ", \"signing_secret\": \"tiger-tiger-tiger-tiger\"";
      String here = webhook("ops", secret).replace("https://a.example", scenario.receiver.url(""));
      Reply created = client.post(CHANNELS, here, "Idempotency-Key", "k");
      String path = CHANNELS + "/" + created.at("/id");
      scenario.receiver.answers(1, 400, Map.of(), "you signed with tiger-tiger-tiger-tiger");
      for (Reply reply :
          List.of(
              created,
              client.post(CHANNELS, here, "Idempotency-Key", "k"),
              client.post(CHANNELS, here),
              client.post(CHANNELS, webhook("ops", secret + ", \"x\": 1")),
              client.post(CHANNELS, webhook("ops", secret).replace("https", "gopher")),
              client.patch(path, "{\"config\": {\"secret\": \"tiger\\u0000\"}}"),
              client.patch(path, "{\"config\": {\"signing_secret_previous\": \"tiger\"}}"),
              client.patch(path, "{\"config\": {\"header_value\": \"tiger\\n\"}}"),
              client.patch(path, "{\"config\": {\"signing_secret\": \"tiger-tiger-2\"}}"),
              client.get(path),
              client.get(CHANNELS),
              client.post(path + "/test", ""))) {
        assertThat(reply.body()).doesNotContain("tiger");
      }
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(UTF_8)).doesNotContain("tiger");
  }

  @Test
  void a_kind_of_the_host_s_own_is_checked_by_its_provider() {
    HttpChannelProvider<Settings> pager = new Pager();
    try (TrigRun own =
            TrigRun.builder()
                .extension(Notifications.builder().provider(pager).build())
                .secrets(TestSecrets.CIPHER)
                .build();
        ManagementClient other = ManagementClient.of(own)) {
      String pages =
          "{\"name\": \"p\", \"type\": \"my_pager\", \"config\": {\"level\": 3, \"key\": %s}}";
      Reply created = other.post(CHANNELS, pages.formatted("\"tiger\""));
      assertThat(created.status()).as(created.toString()).isEqualTo(201);
      assertThat(created.json().at("/config").toString()).isEqualTo("{\"level\":3}");
      assertThat(created.body()).doesNotContain("tiger");
      assertThat(other.post(CHANNELS, pages.formatted("[7]")).fields())
          .containsExactly("/config/key");
      assertThat(other.post(CHANNELS, pages.formatted("{\"a\": 1}")).fields())
          .containsExactly("/config/key");
      assertThat(other.documented().document().at("/components/schemas/MyPagerChannelDraft"))
          .isNotEmpty();
    }
  }

  private static final class Pager implements HttpChannelProvider<Settings> {

    @Override
    public ProviderSpec spec() {
      return new ProviderSpec(
          "my_pager",
          List.of(
              ProviderSpec.Field.required("key").asSecret(), ProviderSpec.Field.optional("level")));
    }

    @Override
    public Settings config(Settings settings) {
      return settings;
    }

    @Override
    public Rendering render(Settings config, Message message) {
      return new Rendering("text/plain", message.notice().title());
    }

    @Override
    public OutboundRequest request(Settings config, Rendering rendering, DeliveryStamp stamp) {
      return new OutboundRequest(URI.create("https://pager.example/"), Map.of(), rendering.bytes());
    }

    @Override
    public DeliveryOutcome classify(Settings config, HttpReply reply, Instant now) {
      return new DeliveryOutcome.Sent();
    }
  }

  @Test
  void without_a_cipher_it_says_so() {
    try (TrigRun bare =
            TrigRun.builder()
                .store(new io.trigrun.memory.InMemoryJobStore())
                .extension(Notifications.create())
                .build();
        ManagementClient other = ManagementClient.of(bare)) {
      Reply refused = other.post(CHANNELS, webhook("x", ", \"signing_secret\": \"tiger\""));
      assertThat(refused.code()).isEqualTo("not_configured");
      assertThat(refused.body()).doesNotContain("tiger");
      assertThat(other.post(CHANNELS, webhook("x", "")).status()).isEqualTo(201);
    }
  }

  @Test
  void without_a_way_for_mail_it_says_so() {
    Reply refused =
        client.post(
            CHANNELS,
            "{\"name\": \"m\", \"type\": \"email\", \"config\": {\"email\": \"a@example.com\"}}");
    assertThat(refused.code()).isEqualTo("not_configured");
    assertThat(refused.body()).contains("SmtpMail");
  }

  @Test
  void in_the_words_of_the_program_that_it_runs_in() {
    try (TrigRun bare =
            TrigRun.builder()
                .store(new io.trigrun.memory.InMemoryJobStore())
                .extension(Notifications.builder().emailAdvice("start it with --mail").build())
                .build();
        ManagementClient other = ManagementClient.of(bare)) {
      Reply refused =
          other.post(
              CHANNELS,
              "{\"name\": \"m\", \"type\": \"email\", \"config\": {\"email\": \"a@example.com\"}}");
      assertThat(refused.code()).isEqualTo("not_configured");
      assertThat(refused.body()).contains("set up here: start it with --mail");
    }
  }
}
