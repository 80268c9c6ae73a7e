package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every curl line of the guides, run against a started server as it stands there: only the base
 * URL, the token and what stands for ids is another, and an address that the guide hides.
 */
class GuidesTest {

  private static final String TOKEN = "token-of-the-guides";
  private static final Pattern ID_IN_ANSWER = Pattern.compile("\"id\": *\"([^\"]+)\"");

  /** What no answer may show. */
  private static final List<String> SECRETS =
      List.of(
          "T00/B00/xxx",
          "webhooks/123/abc",
          "ABC-DEF1234ghIkl",
          "whsec_your_signing_secret",
          TOKEN);

  @TempDir Path data;
  private final Map<String, String> ids = new LinkedHashMap<>();

  @BeforeEach
  void forget() {
    ids.clear();
  }

  @ParameterizedTest
  @CsvSource({"trigrun-notifications, 13", "cron-platform-notifications, 9"})
  void the_lines_are_those_of_the_guide(String name, int lines) throws IOException {
    Guide committed = Guide.committed(name);
    assertThat(committed.lines()).hasSize(lines);
    Guide.original(name).ifPresent(guide -> assertThat(guide.lines()).isEqualTo(committed.lines()));
  }

  @ParameterizedTest
  @CsvSource({"trigrun-notifications, tg-alerts", "cron-platform-notifications, slack-alerts"})
  void each_line_works_and_answers_as_shown(String name, String channel) throws Exception {
    try (Elsewhere elsewhere = new Elsewhere();
        ServerProcess server = launch(elsewhere)) {
      Api api = new Api(server.line("ready: "), TOKEN);
      prepare(api, elsewhere.url());
      for (Guide.Line line : Guide.committed(name).lines()) {
        Api.Reply reply = run(api, line, 0);
        remember(line.curl(), reply, channel);
        for (int i = 1; i < line.answers().size(); i++) {
          elsewhere.setBlocked(true); // what is shown second is how it fails
          run(api, line, i);
        }
      }
      assertThat(server.log()).doesNotContain(SECRETS);
    }
  }

  private ServerProcess launch(Elsewhere elsewhere) {
    return ServerProcess.launch(
        Map.of("TRIGRUN_TOKEN", TOKEN),
        List.of(
            "--port=0",
            "--data=" + data,
            "--allow-network=127.0.0.0/8",
            "--telegram-api-url=" + elsewhere.url(),
            "--resend-api-url=" + elsewhere.url(),
            "--resend-api-key=re_123"));
  }

  private Api.Reply run(Api api, Guide.Line line, int answer) throws Exception {
    String curl =
        line.curl()
            .replace("https://api.trigrun.com", api.url())
            .replaceAll("\\[email.protected]", "team@example.com");
    for (Map.Entry<String, String> id : ids.entrySet()) {
      curl = curl.replace(id.getKey(), id.getValue());
    }
    Api.Reply reply = Curl.run(curl, TOKEN);
    assertThat(reply.status()).as("%s%n%s", curl, reply.body()).isIn(statuses(curl));
    assertThat(reply.body()).doesNotContain(SECRETS);
    if (!line.answers().isEmpty()) {
      JsonNode shown = JsonMapper.shared().readTree(line.answers().get(answer));
      ShownJson.compare(shown, reply.json());
    }
    return reply;
  }

  private static List<Integer> statuses(String curl) {
    if (curl.contains(" DELETE ")) {
      return List.of(204);
    }
    return curl.contains(" -d ") ? List.of(201) : List.of(200, 202);
  }

  private void remember(String curl, Api.Reply reply, String channel) {
    Matcher id = ID_IN_ANSWER.matcher(reply.body());
    if (curl.contains("/notification-rules \\") && curl.contains(" -d ") && id.find()) {
      ids.putIfAbsent("RULE_ID", id.group(1));
    }
    if (curl.contains("\"" + channel + "\"") && id.find()) {
      ids.put("CHANNEL_ID", id.group(1));
    }
  }

  /** A job and a monitor; and another job that failed, of which a message could not be sent. */
  private void prepare(Api api, String elsewhere) throws Exception {
    ids.put("JOB_ID", job(api, "nightly-sync", elsewhere));
    ids.put(
        "MONITOR_ID",
        created(api, "/v1/monitors", "{\"name\": \"api\", \"expected_interval_sec\": 60}"));
    String job = job(api, "fails", elsewhere + "/gone");
    String gone =
        created(
            api,
            "/v1/notification-channels",
            "{\"name\": \"gone\", \"type\": \"webhook\", \"config\": {\"url\": \"%s/gone\"}}"
                .formatted(elsewhere));
    created(
        api,
        "/v1/jobs/" + job + "/notification-rules",
        "{\"channel_id\": \"%s\", \"event\": \"on_failure\"}".formatted(gone));
    Api.Reply run = api.post("/v1/jobs/" + job + "/run-now", "");
    assertThat(run.status()).as(run.body()).isEqualTo(202);
    String execution = run.at("/id");
    ids.put("EXECUTION_ID", execution);
    String failed = "/v1/notification-deliveries?status=failed&channel_id=" + gone;
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(api.get(failed).at("/items/0/id")).isNotEmpty());
    ids.put("DELIVERY_ID", api.get(failed).at("/items/0/id"));
  }

  private static String job(Api api, String name, String url) throws Exception {
    return created(
        api,
        "/v1/jobs",
        """
        {"name": "%s", "kind": "cron", "schedule": {"cron": "0 3 * * *"},
         "request": {"url": "%s"}}"""
            .formatted(name, url));
  }

  private static String created(Api api, String path, String body) throws Exception {
    Api.Reply reply = api.post(path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.at("/id");
  }

  @Test
  void words_of_a_shell_are_understood() {
    assertThat(Curl.words("curl -H \"A: $TOKEN\" \\\n  -d '{\n \"a\": 1}' x\"\"", "t"))
        .containsExactly("curl", "-H", "A: t", "-d", "{\n \"a\": 1}", "x");
  }
}
