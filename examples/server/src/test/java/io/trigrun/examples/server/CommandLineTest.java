package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.examples.server.Keyboard.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line and the server, as their user meets them: each command once, for real. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineTest {

  private Elsewhere elsewhere;
  private ServerHere server;
  private Keyboard user;
  private String job;
  private String channel;
  private int made;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    elsewhere = new Elsewhere();
    server =
        ServerHere.start(
            data,
            "--telegram-api-url=" + elsewhere.url(),
            "--resend-api-url=" + elsewhere.url(),
            "--resend-api-key=re_123");
    user = Keyboard.at(server.url(), ServerHere.TOKEN);
    job = job("/");
    channel = channel("/hook");
  }

  @AfterAll
  void stop() {
    server.close();
    elsewhere.close();
  }

  private String name() {
    return "n" + ++made;
  }

  private String job(String path) {
    return user.makes(
        "jobs create --name " + name() + " --cron '0 3 * * *' --url " + elsewhere.url() + path);
  }

  private String channel(String path) {
    return user.makes(
        "channels create --name " + name() + " --type webhook --url " + elsewhere.url() + path);
  }

  /** The id of what a list has first, as soon as it has something. */
  private String first(String list) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> user.does(list + " --limit 1 --json").json().size() == 1);
    return user.does(list + " --limit 1 --json").at("/0/id");
  }

  /** Of a job whose target is gone, to a channel that is gone, too. */
  private String failedDelivery() {
    String failing = job("/gone");
    String gone = channel("/gone");
    user.does("rules add " + failing + " --event on_failure --channel " + gone);
    user.does("jobs run-now " + failing);
    return first("deliveries list --status failed --channel " + gone);
  }

  static Stream<String> lines() throws IOException {
    return commands().stream();
  }

  private static List<String> commands() throws IOException {
    try (var in =
        Objects.requireNonNull(CommandLineTest.class.getResourceAsStream("/guides/commands.txt"))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void each_line_of_the_guides_works_to_the_letter(String line) {
    String command = line.replaceAll("\\[email.protected]", "team@example.com");
    if (command.contains("DELIVERY_ID")) {
      command = command.replace("DELIVERY_ID", failedDelivery());
    }
    if (command.contains("RULE_ID")) {
      command =
          command.replace(
              "RULE_ID",
              user.makes("rules add " + job + " --event on_success --channel " + channel));
    }
    command = command.replace("JOB_ID", job);
    command =
        command.replace("CHANNEL_ID", command.contains("delete") ? channel("/hook") : channel);
    String free = command.replaceFirst("(--name \\w+)", "$1-" + name());

    Said said = user.types(free);

    assertThat(said.exitCode()).as("%s%n%s", free, said.err()).isZero();
    assertThat(said.all()).isNotEmpty().doesNotContain("123:ABC", ServerHere.TOKEN);
    if (free.contains(" list")) {
      assertThat(user.types(free + " --json").json().isArray()).isTrue();
    }
  }

  @Test
  void the_lines_are_those_of_the_guides() throws IOException {
    Path directory = Path.of(System.getProperty("trigrun.guides", "../../../shared/spec"));
    assertThat(commands()).hasSize(22);
    if (Files.isDirectory(directory)) {
      for (String name : List.of("trigrun-notifications", "cron-platform-notifications")) {
        assertThat(commands())
            .containsAll(
                Files.readAllLines(directory.resolve(name + ".txt")).stream()
                    .filter(line -> line.startsWith("trigrun ") || line.startsWith("cronctl "))
                    .toList());
      }
    }
  }

  @Test
  void a_job_from_its_beginning_to_its_end() {
    String its = job("/sync");
    assertThat(user.does("jobs get " + its).out()).contains("schedule.cron", "0 3 * * *");
    Said changed = user.does("jobs update " + its + " --every 10m --timeout 1m --json");
    assertThat(changed.at("/schedule/every_n_minutes")).isEqualTo("10");
    assertThat(changed.at("/request/timeout_seconds")).isEqualTo("60");
    assertThat(changed.at("/request/url")).endsWith("/sync");
    String name = user.does("jobs get " + its + " --json").at("/name");
    assertThat(user.does("jobs list --name " + name).out()).contains(its, "every 10 min");
    assertThat(user.does("jobs pause " + its).out()).isEqualTo("Paused " + name + ".\n");
    assertThat(user.does("jobs resume " + its).out()).startsWith("Resumed " + name + ", next run ");
    assertThat(user.does("jobs context " + its + " --set cursor=42 --set a=b").out())
        .contains("cursor  42");
    assertThat(user.does("jobs context " + its + " --unset a --json").out())
        .isEqualTo("{\"cursor\":\"42\"}\n");
    assertThat(user.does("jobs context " + its).out()).isEqualTo("cursor  42\n");
    assertThat(user.does("jobs delete " + its).out()).isEqualTo("Deleted job " + its + ".\n");
    assertThat(user.types("trigrun jobs get " + its).exitCode()).isEqualTo(1);
  }

  @Test
  void a_draft_and_a_trigger_come_from_files() {
    String url = "\"request\": {\"url\": \"" + elsewhere.url() + "\"}";
    String draft =
        user.pipes("{\"name\": \"d\", \"kind\": \"one_time\", \"state\": \"draft\", " + url + "}")
            .makes("jobs create --file -");
    assertThat(user.does("jobs activate " + draft).out()).startsWith("Activated d");
    Said hook =
        user.pipes(
                "{\"name\": \"on-order\", \"kind\": \"webhook_trigger\", \"steps\": [{\"id\": \"a\","
                    + " \"type\": \"http\", "
                    + url
                    + "}]}")
            .does("jobs create --file - --json");
    Said rotated = user.does("jobs rotate-token " + hook.at("/id") + " --overlap 1h --json");
    assertThat(rotated.at("/webhook_token"))
        .startsWith("trg_")
        .isNotEqualTo(hook.at("/webhook_token"));
  }

  @Test
  void executions_are_watched_replayed_cancelled_and_retried() {
    String failing = job("/gone");
    String execution = user.makes("jobs run-now " + failing);
    Said watched = user.types("trigrun executions watch " + execution);
    assertThat(watched.exitCode()).isEqualTo(5);
    assertThat(watched.out()).contains(execution + " · failed · HTTP_4XX");
    assertThat(user.does("executions get " + execution).out()).contains("attempts", "HTTP_ERROR");
    assertThat(user.does("executions list --status failed --job " + failing).out())
        .contains(execution);
    assertThat(user.does("executions notifications " + execution).err()).isEqualTo("None.\n");
    String again = user.makes("executions replay " + execution);
    assertThat(user.types("trigrun executions watch " + again + " --json").at("/replay_of"))
        .isEqualTo(execution);
    assertThat(user.types("trigrun executions cancel " + again).err()).contains("conflict (409)");
    assertThat(user.types("trigrun executions retry " + again).exitCode()).isEqualTo(1);
    String workflow =
        user.pipes(
                "{\"name\": \"w\", \"kind\": \"workflow\", \"schedule\": {\"cron\": \"0 3 * * *\"},"
                    + " \"steps\": [{\"id\": \"a\", \"type\": \"http\", \"request\": {\"url\": \"URL/gone\"}}]}"
                        .replace("URL", elsewhere.url()))
            .makes("jobs create --file -");
    String run = user.makes("jobs run-now " + workflow);
    assertThat(user.types("trigrun executions watch " + run).exitCode()).isEqualTo(5);
    assertThat(user.does("executions retry " + run).out()).contains(run + " goes on");
  }

  @Test
  void secrets_are_made_and_are_not_shown() {
    Keyboard piping = user.pipes("s3cr3t-s3cr3t\n");
    assertThat(piping.does("secrets create api").out())
        .isEqualTo("Created secret api: secret://api.\n");
    assertThat(piping.types("trigrun secrets create api").err()).contains("conflict (409)");
    assertThat(piping.does("secrets rotate api").out()).contains("another value");
    assertThat(user.does("secrets list").all()).contains("api").doesNotContain("s3cr3t");
    String sealed =
        user.makes(
            "jobs create --name sealed --every 1h --url https://example.com -H 'A: secret://api'");
    Said refused = user.types("trigrun secrets delete api");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("conflict (409)", "kind: job", "name: sealed");
    user.does("jobs delete " + sealed);
    user.does("secrets delete api");
  }

  @Test
  void monitors_and_channels_are_changed_too() throws Exception {
    String monitor = user.makes("monitors create --name backup --interval 1d");
    Said changed = user.does("monitors update " + monitor + " --grace 30m --label shop --json");
    assertThat(changed.at("/grace_seconds")).isEqualTo("1800");
    String url = user.does("monitors rotate-token " + monitor + " --json").at("/ping_url");
    assertThat(new Api(url, ServerHere.TOKEN).get("").at("/state")).isEqualTo("up");
    assertThat(user.does("monitors pings " + monitor).out()).contains("127.0.0.1");
    assertThat(user.does("monitors list").out()).contains("backup  up");
    assertThat(user.does("monitors get " + monitor).out()).contains("grace_seconds");
    user.does("rules add " + monitor + " --monitor --event on_down --channel " + channel);
    assertThat(user.does("rules list --monitor " + monitor).out()).contains("on_down");
    user.does("monitors pause " + monitor);
    user.does("monitors resume " + monitor);
    user.does("monitors delete " + monitor);

    String its = channel("/hook");
    assertThat(user.does("channels update " + its + " --name another --include-output").out())
        .contains("another", "include_output");
    assertThat(user.does("channels get " + its).out()).contains("/hook");
    assertThat(user.does("channels test " + its).out()).isEqualTo("Sent by webhook.\n");
    assertThat(user.types("trigrun channels test " + channel("/gone")).err())
        .startsWith("trigrun: notification_test_failed (404): ");
    assertThat(user.types("trigrun channels enable " + its).exitCode()).isLessThan(2);
  }

  @Test
  void a_crontab_is_imported_again_and_again() {
    Keyboard piping = user.pipes("MAILTO=ops@example.com\n0 3 * * * curl https://example.com/t\n");
    assertThat(piping.does("import -").out())
        .contains("1     setting  -", "2     created  example.com-");
    assertThat(piping.does("import -").out()).contains("2     unchanged  example.com-");
    assertThat(user.pipes("0 3 * *\n").types("trigrun import -").err()).contains("line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jobs get 01a2028a-8613-717c-8005-fc4b4c145874    | 1 | not_found (404)
          jobs get nonsense                                | 1 | not_found (404)
          jobs create --name x --cron '0 6 * *' --url http://127.0.0.1:1/ | 1 | /schedule/cron: expected five fields
          jobs create --name x --now --url http://10.1.2.3/               | 1 | /request/url: expected
          channels create --name x --type pigeon --url u   | 1 | /type: expected
          jobs list --limit 0                              | 2 | --limit: expected 1 or more
          jobs lst                                         | 2 | maybe list
          """)
  void mistakes_have_an_exit_code_and_words(String line, int exitCode, String words) {
    Said said = user.types("trigrun " + line);

    assertThat(said.exitCode()).as(said.err()).isEqualTo(exitCode);
    assertThat(said.err()).contains(words);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void who_is_nobody_is_told_so() {
    Said wrong = Keyboard.at(server.url(), "trk_wrong-wrong-wrong").types("trigrun jobs list");
    assertThat(wrong.exitCode()).isEqualTo(4);
    assertThat(wrong.err()).contains("unauthorized (401)").doesNotContain("wrong-wrong");
    Keyboard none = new Keyboard(Map.of("CRON_API_URL", server.url()), "", text -> {});
    assertThat(none.types("cronctl jobs list").err())
        .startsWith("cronctl: unauthorized (401)")
        .endsWith("TRIGRUN_TOKEN is not set\n");
  }

  @Test
  void who_is_not_the_server_is_told_from_who_does_not_answer() throws IOException {
    HttpServer page =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page.createContext(
        "/",
        exchange -> {
          byte[] html = "<html>\u001b[31mhello</html>".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
    page.start();
    String url = "http://127.0.0.1:" + page.getAddress().getPort();
    try {
      Said html = Keyboard.at(url, ServerHere.TOKEN).types("trigrun jobs list");
      assertThat(html.exitCode()).isEqualTo(1);
      assertThat(html.err()).contains("(200) is no JSON").doesNotContain("hello");
    } finally {
      page.stop(0);
    }
    assertThat(Keyboard.at(url, ServerHere.TOKEN).types("trigrun jobs list").exitCode())
        .isEqualTo(3);
    assertThat(Keyboard.at("jobs.example.com", "t").types("trigrun jobs list").exitCode())
        .isEqualTo(2);
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Said late =
          new Keyboard(
                  Map.of(
                      "TRIGRUN_API_URL",
                      "http://127.0.0.1:" + silent.getLocalPort(),
                      "TRIGRUN_TIMEOUT",
                      "1s"),
                  "",
                  text -> {})
              .types("trigrun jobs list");
      assertThat(late.exitCode()).isEqualTo(3);
      assertThat(late.err()).contains("did not answer within 1 s");
    }
  }
}
