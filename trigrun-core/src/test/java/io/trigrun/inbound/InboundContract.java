package io.trigrun.inbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.spi.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every adapter does, whichever server it joins the routes to. */
abstract class InboundContract {

  static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String NOT_FOUND =
      "{\"error\":{\"code\":\"not_found\",\"message\":\"there is nothing here\",\"details\":[]}}";

  /**
   * @param path {@code /v1}, or {@code /} for all
   */
  abstract void mount(String path, InboundRoutes routes, InboundLimits limits);

  abstract int port();

  final void mount(InboundRoutes routes) {
    mount("/v1", routes, InboundLimits.defaults());
  }

  @Test
  void a_request_arrives_whole_and_so_does_the_answer() throws Exception {
    mount(
        request ->
            Optional.of(
                InboundResponse.json(
                        201,
                        String.join(
                            " ",
                            request.method(),
                            request.path(),
                            request.segments().toString(),
                            request.queryValue("q").orElse("?"),
                            request.headers().getOrDefault("X-A", List.of()).toString(),
                            request.bodyText(),
                            request.remoteAddress().orElse("?")))
                    .withHeader("X-B", "b")));

    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(url("/v1/a%20b/c+d;e?q=%3F%26"))
                .header("x-a", "a")
                .header("X-A", "z")
                .PUT(BodyPublishers.ofString("body"))
                .build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("X-B")).contains("b");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.body()).isEqualTo("PUT /a%20b/c+d;e [a b, c+d;e] ?& [a, z] body 127.0.0.1");
  }

  @Test
  void a_form_arrives_as_a_body() throws Exception {
    mount(request -> Optional.of(InboundResponse.json(200, request.form().toString())));

    HttpRequest form =
        HttpRequest.newBuilder(url("/v1/x?c=3"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("a=1&b=%C3%BC"))
            .build();

    assertThat(CLIENT.send(form, BodyHandlers.ofString()).body()).isEqualTo("{a=[1], b=[ü]}");
  }

  @Test
  void what_no_route_knows_is_not_found_and_neither_is_what_only_begins_like_the_mount_point()
      throws Exception {
    mount(
        request ->
            request.path().equals("/known")
                ? Optional.of(InboundResponse.empty(204))
                : Optional.empty());

    assertThat(get("/v1/known").statusCode()).isEqualTo(204);
    for (String path : List.of("/v1/", "/v1/other")) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(response.body()).isEqualTo(NOT_FOUND);
    }
    for (String path : List.of("/v1", "/v1known", "/v1x/known", "/known", "/%761/known")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void all_can_be_mounted() throws Exception {
    mount(
        "/",
        request -> Optional.of(InboundResponse.json(200, request.path())),
        InboundLimits.defaults());

    assertThat(get("/a/b").body()).isEqualTo("/a/b");
    assertThat(get("/").body()).isEqualTo("/");
  }

  @Test
  void head_is_answered_like_get_without_the_body() throws Exception {
    mount(
        request ->
            Optional.of(
                request.isRead()
                    ? InboundResponse.html(200, "<p>page</p>")
                    : InboundResponse.methodNotAllowed("GET", "HEAD")));

    HttpResponse<String> response = send("HEAD", "/v1/page", new byte[0]);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).contains("11");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .isEqualToIgnoringWhitespace("text/html; charset=utf-8");
    assertThat(send("DELETE", "/v1/page", new byte[0]).headers().firstValue("Allow"))
        .contains("GET, HEAD");
  }

  @Test
  void routes_see_every_method() throws Exception {
    mount(request -> Optional.of(InboundResponse.json(200, request.method())));

    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "LOCK")) {
      assertThat(send(method, "/v1/x", new byte[0]).body()).isEqualTo(method);
    }
  }

  @Test
  void a_body_beyond_the_limit_is_refused_whether_it_is_announced_or_not() throws Exception {
    mount(
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
    mount(
        "/v1",
        request -> Optional.of(InboundResponse.empty(204)),
        new InboundLimits(10, 20, 50, 10, Duration.ofSeconds(30)));
    HttpRequest.Builder many = HttpRequest.newBuilder(url("/v1/x"));
    for (int i = 0; i < 21; i++) {
      many.header("X-" + i % 3, "1");
    }

    assertThat(CLIENT.send(many.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(431);
    assertThat(get("/v1/" + "x".repeat(49)).statusCode()).isEqualTo(204);
    assertThat(get("/v1/" + "x".repeat(50)).statusCode()).isEqualTo(414);
    assertThat(get("/v1/x?" + "q".repeat(48)).statusCode()).isEqualTo(414);
  }

  @Test
  void one_request_more_than_may_be_at_work_is_told_to_come_again() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    mount(
        "/v1",
        request -> {
          if (request.path().equals("/slow")) {
            begun.countDown();
            await(done);
          }
          return Optional.of(InboundResponse.empty(204));
        },
        InboundLimits.defaults().withRequests(1));

    CompletableFuture<HttpResponse<String>> slow =
        CLIENT.sendAsync(HttpRequest.newBuilder(url("/v1/slow")).build(), BodyHandlers.ofString());
    await(begun);
    HttpResponse<String> more = get("/v1/quick");
    done.countDown();

    assertThat(more.statusCode()).isEqualTo(503);
    assertThat(more.headers().firstValue("Retry-After")).contains("1");
    assertThat(more.body()).contains("\"unavailable\"");
    assertThat(slow.get().statusCode()).isEqualTo(204);
    assertThat(get("/v1/quick").statusCode()).isEqualTo(204);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_body_that_comes_a_byte_at_a_time_is_not_waited_for_for_ever() throws Exception {
    mount("/v1", request -> Optional.of(InboundResponse.empty(204)), impatient());

    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
      client.setTcpNoDelay(true);
      send(client, "POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
      drip(client);
      assertThat(answer(client))
          .satisfiesAnyOf(
              told -> assertThat(told).startsWith("HTTP/1.1 408").contains("\"request_timeout\""),
              cutOff -> assertThat(cutOff).isEmpty());
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_body_that_stops_holds_nobody_else_up() throws Exception {
    mount(
        "/v1",
        request ->
            Optional.of(InboundResponse.empty(Thread.currentThread().isInterrupted() ? 500 : 204)),
        impatient().withRequests(1));

    for (String head : List.of("Content-Length: 10", "Transfer-Encoding: chunked")) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
        send(client, "POST /v1/x HTTP/1.1\r\nHost: x\r\n" + head + "\r\n\r\n3\r\nabc");
        assertThat(answer(client)).doesNotContain(" 204 ");
      }
      int status = 503;
      while (status == 503) { // the thread may need a moment after its connection was closed
        status = get("/v1/x").statusCode();
      }
      assertThat(status).isEqualTo(204);
    }
  }

  private static void drip(Socket client) throws IOException {
    try {
      while (client.getInputStream().available() == 0) {
        client.getOutputStream().write('x');
      }
    } catch (SocketException e) { // cut off
    }
  }

  static InboundLimits impatient() {
    return InboundLimits.defaults().withPatience(Duration.ofMillis(100));
  }

  static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
    client.getOutputStream().flush();
  }

  /** All until the server ends the connection, whichever way. */
  static String answer(Socket client) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      InputStream in = client.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        text.append((char) next);
      }
    } catch (SocketException e) { // it has closed it with what was sent unread
    }
    return text.toString();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("expected nobody to interrupt", e);
    }
  }

  @Test
  void what_a_route_throws_stays_inside() throws Exception {
    mount(
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
  void one_connection_serves_many_requests() throws Exception {
    mount(request -> Optional.of(InboundResponse.json(200, "" + request.body().length)));

    for (int length : new int[] {0, 1, 100_000, 0, 7}) {
      HttpResponse<String> response = send("POST", "/v1/x", new byte[length]);
      assertThat(response.body()).isEqualTo("" + length);
      assertThat(response.headers().firstValue("Connection").orElse("").toLowerCase(Locale.ROOT))
          .doesNotContain("close");
    }
  }

  final URI url(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  final HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, new byte[0]);
  }

  final HttpResponse<String> send(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher publisher =
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    return CLIENT.send(
        HttpRequest.newBuilder(url(path)).method(method, publisher).build(),
        BodyHandlers.ofString());
  }
}
