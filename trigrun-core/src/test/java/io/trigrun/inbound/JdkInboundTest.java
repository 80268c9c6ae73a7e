package io.trigrun.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import io.trigrun.spi.StoreException;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdkInboundTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_request_arrives_whole_and_so_does_the_answer() throws Exception {
    JdkInbound.mount(
        server,
        "/v1",
        request ->
            Optional.of(
                InboundResponse.json(
                        201,
                        String.join(
                            " ",
                            request.method(),
                            request.path(),
                            request.queryValue("q").orElse("?"),
                            request.header("X-A").orElse("?"),
                            request.bodyText(),
                            request.remoteAddress().orElse("?")))
                    .withHeader("X-B", "b")));

    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(url("/v1/a%2Fb?q=%3F"))
                .header("x-a", "a")
                .PUT(BodyPublishers.ofString("body"))
                .build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("X-B")).contains("b");
    assertThat(response.body()).isEqualTo("PUT /a%2Fb ? a body 127.0.0.1");
  }

  @Test
  void what_no_route_knows_is_not_found_and_neither_is_what_only_begins_like_the_mount_point()
      throws Exception {
    JdkInbound.mount(
        server,
        "/v1",
        request ->
            request.path().equals("/known")
                ? Optional.of(InboundResponse.empty(204))
                : Optional.empty());

    assertThat(get("/v1/known").statusCode()).isEqualTo(204);
    for (String path :
        List.of("/v1", "/v1/", "/v1/other", "/v1known", "/v1x/known", "/%761/known")) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(response.body())
          .isEqualTo(
              "{\"error\":{\"code\":\"not_found\",\"message\":\"there is nothing here\",\"details\":[]}}");
    }
  }

  @Test
  void all_can_be_mounted() throws Exception {
    JdkInbound.mount(
        server, "/", request -> Optional.of(InboundResponse.json(200, request.path())));

    assertThat(get("/a/b").body()).isEqualTo("/a/b");
  }

  @Test
  void head_is_answered_like_get_without_the_body() throws Exception {
    JdkInbound.mount(
        server,
        "/v1",
        request ->
            Optional.of(
                request.isRead()
                    ? InboundResponse.html(200, "<p>page</p>")
                    : InboundResponse.methodNotAllowed("GET", "HEAD")));

    HttpResponse<String> response = send("HEAD", "/v1/page", new byte[0]);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).contains("11");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(send("DELETE", "/v1/page", new byte[0]).headers().firstValue("Allow"))
        .contains("GET, HEAD");
  }

  @Test
  void a_body_beyond_the_limit_is_refused_whether_it_is_announced_or_not() throws Exception {
    JdkInbound.mount(
        server,
        "/v1",
        request -> Optional.of(InboundResponse.json(200, "" + request.body().length)),
        InboundLimits.defaults().withBodyBytes(1_000));

    assertThat(send("POST", "/v1/x", new byte[1_000]).body()).isEqualTo("1000");
    assertThat(send("POST", "/v1/x", new byte[1_001]).statusCode()).isEqualTo(413);
    HttpRequest chunked =
        HttpRequest.newBuilder(url("/v1/x"))
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[1_001])))
            .build();
    assertThat(CLIENT.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    assertThat(send("POST", "/v1/x", new byte[2_000]).statusCode()).isEqualTo(413);
    assertThat(send("POST", "/v1/x", new byte[1]).body()).isEqualTo("1");
  }

  @Test
  void too_many_headers_and_too_long_a_path_are_refused() throws Exception {
    JdkInbound.mount(
        server,
        "/v1",
        request -> Optional.of(InboundResponse.empty(204)),
        new InboundLimits(10, 20, 50));
    HttpRequest.Builder many = HttpRequest.newBuilder(url("/v1/x"));
    for (int i = 0; i < 21; i++) {
      many.header("X-" + i, "1");
    }

    assertThat(CLIENT.send(many.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(431);
    assertThat(get("/v1/" + "x".repeat(49)).statusCode()).isEqualTo(204);
    assertThat(get("/v1/" + "x".repeat(50)).statusCode()).isEqualTo(414);
  }

  @Test
  void what_a_route_throws_stays_inside() throws Exception {
    JdkInbound.mount(
        server,
        "/v1",
        request -> {
          throw request.path().equals("/store")
              ? StoreException.unavailable("the database at db.internal", new IOException("gone"))
              : new IllegalStateException("a secret");
        });

    assertThat(get("/v1/x").statusCode()).isEqualTo(500);
    assertThat(get("/v1/x").body()).doesNotContain("secret").doesNotContain("Exception");
    assertThat(get("/v1/store").statusCode()).isEqualTo(503);
    assertThat(get("/v1/store").headers().firstValue("Retry-After")).contains("5");
    assertThat(get("/v1/store").body()).doesNotContain("db.internal");
  }

  @Test
  void routes_learn_whom_the_server_has_authenticated() throws Exception {
    JdkInbound.mount(
            server,
            "/v1",
            request -> request.principal().map(who -> InboundResponse.json(200, who.getName())))
        .setAuthenticator(
            new BasicAuthenticator("here") {
              @Override
              public boolean checkCredentials(String user, String password) {
                return password.equals("pass");
              }
            });
    HttpRequest request =
        HttpRequest.newBuilder(url("/v1/x"))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("ada:pass".getBytes(UTF_8)))
            .build();

    assertThat(CLIENT.send(request, BodyHandlers.ofString()).body()).isEqualTo("ada");
  }

  @Test
  void a_mount_point_is_a_plain_path() {
    for (String path : List.of("", "v1", "/v1/", "//", "/a b", "/a?b")) {
      assertThatThrownBy(() -> JdkInbound.mount(server, path, request -> Optional.empty()))
          .isInstanceOf(ValidationException.class);
    }
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, new byte[0]);
  }

  private HttpResponse<String> send(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher publisher =
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    return CLIENT.send(
        HttpRequest.newBuilder(url(path)).method(method, publisher).build(),
        BodyHandlers.ofString());
  }
}
