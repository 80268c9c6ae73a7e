package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start needs, makes and tells. */
class StartTest {

  private static final String MONITOR = "{\"name\": \"backup\", \"expected_interval_sec\": 60}";

  @TempDir Path temporary;

  private ServerProcess launch(String... more) {
    return launch(Map.of(), more);
  }

  private ServerProcess launch(Map<String, String> environment, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--data", data().toString()));
    if (!arguments.contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    return ServerProcess.launch(environment, arguments);
  }

  private Path data() {
    return temporary.resolve("a/data");
  }

  @Test
  void the_first_start_shows_a_token_and_later_ones_know_it() throws Exception {
    String token;
    try (ServerProcess first = launch()) {
      token = first.line("token: ");
      Api api = new Api(first.line("ready: "), token);
      assertThat(first.told()).hasSize(2);
      assertThat(api.post("/v1/monitors", MONITOR).status()).isEqualTo(201);
      assertThat(new Api(api.url(), token + "x").get("/v1/monitors").status()).isEqualTo(401);
      assertThat(api.get("/health").at("/status")).isEqualTo("UP");
      assertThat(api.get("/openapi.json").json().path("paths").propertyNames())
          .isEqualTo(documentedPaths());
      assertThat(api.get("/elsewhere").at("/error/code")).isEqualTo("not_found");
      first.terminate();
      assertThat(first.end()).isZero();
      assertThat(first.told()).last().isEqualTo("stopped");
      assertThat(first.log()).doesNotContain(token);
    }
    try (ServerProcess second = launch()) {
      Api api = new Api(second.line("ready: "), token);
      assertThat(second.told()).hasSize(1);
      assertThat(api.get("/v1/monitors").at("/items/0/name")).isEqualTo("backup");
    }
  }

  @Test
  void a_token_of_the_environment_is_used_instead_and_shown_nowhere() throws Exception {
    try (ServerProcess server = launch(Map.of("TRIGRUN_TOKEN", "from-the-environment"))) {
      Api api = new Api(server.line("ready: "), "from-the-environment");
      assertThat(server.told()).hasSize(1);
      assertThat(api.get("/v1/monitors").status()).isEqualTo(200);
      server.terminate();
      server.end();
      assertThat(server.log()).doesNotContain("from-the-environment");
    }
  }

  @Test
  void what_is_in_the_directory_is_its_owners_and_keys_stay() throws Exception {
    try (ServerProcess server = launch()) {
      server.line("ready: ");
    }
    assertThat(rights(data())).isEqualTo("rwx------");
    for (String name : List.of("secret.key", "link.key", "trigrun.mv.db")) {
      assertThat(rights(data().resolve(name))).as(name).isEqualTo("rw-------");
    }
    String key = Files.readString(data().resolve("secret.key"));
    assertThat(DataDirectory.open(data()).secretKeys().keyIds())
        .containsExactly(key.substring(0, key.indexOf(':')));
    assertThat(Files.readString(data().resolve("secret.key"))).isEqualTo(key);
    Files.writeString(
        data().resolve("link.key"), "k2:" + key.substring(key.indexOf(':') + 1) + key);
    assertThat(DataDirectory.open(data()).linkKeys()).hasSize(2);
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void a_schedule_file_is_applied_and_one_with_mistakes_is_told() throws Exception {
    Path file =
        Files.writeString(temporary.resolve("jobs.yaml"), "monitors: {nightly: {every: 1d}}");
    try (ServerProcess server = launch("--schedule-file", file.toString())) {
      assertThat(server.line("jobs.yaml: ")).startsWith("1 created");
      Api api = new Api(server.line("ready: "), token(server));
      assertThat(api.get("/v1/monitors").at("/items/0/name")).isEqualTo("nightly");
    }
    Files.writeString(file, "monitors: {nightly: {evry: 1d}}");
    try (ServerProcess server = launch("--schedule-file", file.toString())) {
      assertThat(server.end()).isEqualTo(1);
      assertThat(server.log()).contains("trigrun-server: jobs.yaml:", "evry");
    }
  }

  private static String token(ServerProcess server) {
    return server.told().stream()
        .filter(line -> line.startsWith("token: "))
        .map(line -> line.substring("token: ".length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_database_elsewhere_is_used_in_place_of_the_file() throws Exception {
    String url = "jdbc:h2:" + temporary.resolve("elsewhere") + ";USER=sa;PASSWORD=hidden-1";
    try (ServerProcess server = launch(Map.of("TRIGRUN_JDBC_URL", url))) {
      assertThat(server.line("token: ")).startsWith("trk_");
      server.line("ready: ");
      assertThat(data().resolve("trigrun.mv.db")).doesNotExist();
      assertThat(temporary.resolve("elsewhere.mv.db")).exists();
      server.terminate();
      assertThat(server.end()).isZero();
      assertThat(server.log()).doesNotContain("hidden-1");
    }
  }

  @Test
  void who_calls_and_who_manages_can_have_a_port_each() throws Exception {
    try (ServerProcess server = launch("--public-port", "0")) {
      String open = server.line("public: ");
      String token = server.line("token: ");
      Api api = new Api(server.line("ready: "), token);
      String ping = api.post("/v1/monitors", MONITOR).at("/ping_url");
      assertThat(ping).startsWith(open + "/v1/ping/mping_");
      String path = ping.substring(open.length());
      assertThat(new Api(open, token).get(path).at("/state")).isEqualTo("up");
      assertThat(new Api(open, token).get("/v1/monitors").status()).isEqualTo(404);
      assertThat(api.get(path).status()).isEqualTo(404);
    }
  }

  private static Collection<String> documentedPaths() {
    try (WholeSurface surface = new WholeSurface()) {
      return surface.documented.document().path("paths").propertyNames();
    }
  }
}
