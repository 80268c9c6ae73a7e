package io.trigrun.examples.mounting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.PingRoutes;
import io.trigrun.management.BearerTokens;
import io.trigrun.management.Management;
import io.trigrun.route.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The notes work, and docs/http.md has them as they are here. */
class MountingTest {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String LAMP = "{\"name\": \"lamp\", \"expected_interval_sec\": 60}";
  private static final Path HERE = Path.of("src/test/java/io/trigrun/examples/mounting");
  private static final int MOST_LINES = 20;

  private TrigRun trigrun;
  private InboundRoutes routes;
  private String token;

  @BeforeEach
  void open() {
    trigrun = TrigRun.builder().build();
    BearerTokens tokens = BearerTokens.of(trigrun);
    token = tokens.create("test", "default", Role.WRITE).text();
    routes =
        InboundRoutes.of(
            Management.routes(trigrun, tokens, "http://localhost"), PingRoutes.of(trigrun));
  }

  @AfterEach
  void close() {
    trigrun.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(TrigRunRoutes.class)
  static class Application {}

  @Test
  void in_spring_mvc() throws Exception {
    SpringApplication application = new SpringApplication(Application.class);
    application.setDefaultProperties(Map.of("server.port", "0", "server.address", "127.0.0.1"));
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("routes", routes));
    try (ConfigurableApplicationContext context = application.run()) {
      check(
          requireNonNull(((ServletWebServerApplicationContext) context).getWebServer()).getPort());
    }
  }

  @Test
  void in_javalin() throws Exception {
    Javalin javalin = JavalinHost.with(routes).start("127.0.0.1", 0);
    try {
      check(javalin.port());
    } finally {
      javalin.stop();
    }
  }

  @Test
  void in_vertx() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Router router = Router.router(vertx);
      VertxHost.mount(router, routes);
      HttpServer server =
          vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
      check(server.actualPort());
    } finally {
      vertx.close().await();
    }
  }

  private void check(int port) throws IOException, InterruptedException {
    String base = "http://127.0.0.1:" + port + "/v1";
    HttpResponse<String> made = send("POST", base + "/monitors", LAMP);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.headers().firstValue("ETag")).contains("\"1\"");
    Matcher ping = Pattern.compile("mping_[A-Za-z0-9_-]+").matcher(made.body());
    assertThat(ping.find()).isTrue();
    assertThat(send("GET", base + "/ping/" + ping.group() + "?from=here", "").body())
        .contains("\"up\"");
    HttpResponse<String> head = send("HEAD", base + "/monitors", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(send("GET", base + "/monitors?limit=1", "").body()).contains("lamp");
    assertThat(send("PATCH", base + "/monitors/none", "{}").statusCode()).isEqualTo(404);
    assertThat(send("GET", base + "/nothing", "").body()).contains("not_found");
    assertThat(send("PUT", base + "/monitors", LAMP).statusCode()).isEqualTo(405);
    assertThat(send("POST", base + "/monitors", " ".repeat((1 << 20) + 1)).statusCode())
        .isEqualTo(413);
  }

  private HttpResponse<String> send(String method, String url, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({"Spring MVC,TrigRunRoutes.java", "Javalin,JavalinHost.java", "Vert.x,VertxHost.java"})
  void the_page_has_each_note_as_it_is_here(String name, String file) throws IOException {
    String code = Files.readString(HERE.resolve(file));
    String start = "// note: " + name + "\n";
    int from = code.indexOf(start) + start.length();
    String note = code.substring(from, code.indexOf("// end of note")).stripTrailing();
    List<String> lines = note.stripIndent().lines().toList();

    assertThat(lines.stream().filter(line -> !line.isBlank()).count())
        .isLessThanOrEqualTo(MOST_LINES);
    assertThat(Files.readString(Path.of("../../docs/http.md")))
        .contains("```java mounting\n" + String.join("\n", lines) + "\n```");
  }
}
