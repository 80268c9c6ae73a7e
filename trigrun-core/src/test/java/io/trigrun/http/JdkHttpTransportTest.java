package io.trigrun.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.trigrun.AttemptStatus;
import io.trigrun.egress.EgressPolicy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default transport against real sockets. */
class JdkHttpTransportTest {
  private static final WireMockServer SERVER = new WireMockServer(options().dynamicPort());
  private static final WireMockServer OTHER = new WireMockServer(options().dynamicPort());

  private HttpTransport transport =
      HttpTransport.jdkBuilder().egress(EgressPolicy.unrestricted()).build();

  @BeforeAll
  static void start() {
    SERVER.start();
    OTHER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
    OTHER.stop();
  }

  @BeforeEach
  void reset() {
    SERVER.resetAll();
    OTHER.resetAll();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private static HttpCall.Builder call(HttpMethod method, String url) {
    return HttpCall.builder(method, URI.create(url)).timeout(Duration.ofSeconds(10));
  }

  private HttpReply send(HttpCall call) throws Exception {
    return transport.send(call).get(20, TimeUnit.SECONDS);
  }

  /** What the call failed with, as {@code whenComplete} of a caller sees it. */
  private Throwable failure(HttpCall call) throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    var unused =
        transport
            .send(call)
            .whenComplete(
                (reply, cause) ->
                    failure.complete(
                        cause == null
                            ? new AssertionError("expected a failure, got " + reply)
                            : cause));
    return failure.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(HttpMethod.class)
  void method_headers_and_body_arrive_over_http_1_1(HttpMethod method) throws Exception {
    try (RawServer server = new RawServer()) {
      HttpCall.Builder call = call(method, server.url() + "a?b=%20c").header("X-A", "1");
      if (method != HttpMethod.GET) {
        call.body("hé".getBytes(UTF_8));
      }
      CompletableFuture<HttpReply> reply = transport.send(call.build());
      try (Socket socket = server.connection()) {
        String head = RawServer.head(socket);
        RawServer.write(
            socket, "HTTP/1.1 201 Created\r\nX-B: 2\r\nx-b: 3\r\nContent-Length: 2\r\n\r\nok");

        assertThat(head)
            .startsWith(method + " /a?b=%20c HTTP/1.1\r\n")
            .contains("X-A: 1\r\n")
            .doesNotContainIgnoringCase("upgrade")
            .doesNotContainIgnoringCase("http2")
            .doesNotContainIgnoringCase("cookie");
        if (method != HttpMethod.GET) {
          assertThat(head).contains("Content-Length: 3\r\n");
          assertThat(socket.getInputStream().readNBytes(3)).isEqualTo("hé".getBytes(UTF_8));
        }
        HttpReply got = reply.get(10, TimeUnit.SECONDS);
        assertThat(got.status()).isEqualTo(201);
        assertThat(got.headers().get("X-B")).containsExactly("2", "3");
        assertThat(got.body()).isEqualTo("ok".getBytes(UTF_8));
        assertThat(got.truncated()).isFalse();
        assertThat(got.latency()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 400, 401, 404, 407, 429, 500, 503})
  void every_status_is_an_answer(int status) throws Exception {
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
    assertThat(send(call(HttpMethod.GET, SERVER.baseUrl()).build()).status()).isEqualTo(status);
    assertThat(SERVER.getAllServeEvents()).hasSize(1);
  }

  @Test
  void cookies_are_not_kept() throws Exception {
    SERVER.stubFor(any(anyUrl()).willReturn(ok().withHeader("Set-Cookie", "s=1")));
    send(call(HttpMethod.GET, SERVER.baseUrl()).build());
    send(call(HttpMethod.GET, SERVER.baseUrl()).build());
    SERVER.verify(2, getRequestedFor(anyUrl()).withHeader("Cookie", absent()));
  }

  @Test
  void the_deadline_covers_a_body_that_stalls_after_the_headers() throws Exception {
    try (RawServer server = new RawServer()) {
      CompletableFuture<HttpReply> reply =
          transport.send(
              call(HttpMethod.GET, server.url()).timeout(Duration.ofMillis(300)).build());
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");

        assertThat(reply)
            .failsWithin(Duration.ofSeconds(5))
            .withThrowableOfType(ExecutionException.class)
            .withCauseInstanceOf(HttpTimeoutException.class)
            .withMessageContaining("no complete answer within 300 ms");
        assertThat(RawServer.closedByPeer(socket)).as("connection given up").isTrue();
      }
    }
  }

  @Test
  void the_deadline_covers_a_server_that_never_answers() throws Exception {
    try (RawServer server = new RawServer()) {
      Throwable failure =
          failure(call(HttpMethod.GET, server.url()).timeout(Duration.ofMillis(300)).build());
      assertThat(ResponseJudge.judge(failure).status()).isEqualTo(AttemptStatus.TIMEOUT);
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        assertThat(RawServer.closedByPeer(socket)).isTrue();
      }
    }
  }

  @Test
  void a_connection_that_stalls_ends_at_the_connect_timeout() throws Exception {
    transport.close();
    transport =
        HttpTransport.jdkBuilder()
            .egress(EgressPolicy.unrestricted())
            .connectTimeout(Duration.ofMillis(300))
            .build();
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 2; i++) { // a full accept queue makes the kernel ignore the next SYN
        fillers.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      Throwable failure =
          failure(call(HttpMethod.GET, "http://127.0.0.1:" + full.getLocalPort()).build());
      assertThat(ResponseJudge.judge(failure).errorClass()).contains("CONNECT_TIMEOUT");
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  @Test
  void a_refused_connection_and_an_unknown_name_are_told_apart() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Verdict refused =
        ResponseJudge.judge(failure(call(HttpMethod.GET, "http://127.0.0.1:" + free).build()));
    assertThat(refused.errorClass()).contains("CONNECTION_ERROR");
    Verdict unknown =
        ResponseJudge.judge(failure(call(HttpMethod.GET, "http://nowhere.invalid").build()));
    assertThat(unknown.errorClass()).contains("DNS_ERROR");
  }

  @Test
  void a_connection_that_breaks_is_a_connection_error() throws Exception {
    try (RawServer server = new RawServer()) {
      CompletableFuture<HttpReply> reply =
          transport.send(call(HttpMethod.POST, server.url()).build());
      Socket socket = server.connection();
      RawServer.head(socket);
      RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
      socket.close();
      assertThat(reply.handle((r, e) -> ResponseJudge.judge(e)).get(10, TimeUnit.SECONDS).status())
          .isEqualTo(AttemptStatus.CONNECTION_ERROR);
    }
  }

  @Test
  void a_certificate_nobody_trusts_is_a_tls_error() throws Exception {
    WireMockServer https = new WireMockServer(options().dynamicHttpsPort());
    https.start();
    try {
      Throwable failure =
          failure(call(HttpMethod.GET, "https://localhost:" + https.httpsPort()).build());
      assertThat(ResponseJudge.judge(failure).errorClass()).contains("TLS_ERROR");
    } finally {
      https.stop();
    }
  }

  @Test
  void a_huge_body_is_kept_up_to_the_limit_and_the_rest_never_read() throws Exception {
    try (RawServer server = new RawServer()) {
      CompletableFuture<HttpReply> reply =
          transport.send(call(HttpMethod.GET, server.url()).maxBodyBytes(1000).build());
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        // A gigabyte is announced: waiting for all of it would run into the deadline.
        RawServer.write(
            socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(5000));
        HttpReply got = reply.get(10, TimeUnit.SECONDS);
        assertThat(got.body()).hasSize(1000);
        assertThat(got.truncated()).isTrue();
        assertThat(RawServer.closedByPeer(socket)).isTrue();
      }
    }
  }

  @Test
  void a_body_of_exactly_the_limit_is_whole() throws Exception {
    SERVER.stubFor(any(anyUrl()).willReturn(ok("x".repeat(1000))));
    HttpReply reply = send(call(HttpMethod.GET, SERVER.baseUrl()).maxBodyBytes(1000).build());
    assertThat(reply.body()).hasSize(1000);
    assertThat(reply.truncated()).isFalse();
    HttpReply none = send(call(HttpMethod.GET, SERVER.baseUrl()).maxBodyBytes(0).build());
    assertThat(none.body()).isEmpty();
    assertThat(none.truncated()).isTrue();
  }

  @Test
  void cancelling_closes_the_connection() throws Exception {
    try (RawServer server = new RawServer()) {
      for (String written : List.of("", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) {
        CompletableFuture<HttpReply> reply =
            transport.send(call(HttpMethod.GET, server.url()).build());
        try (Socket socket = server.connection()) {
          RawServer.head(socket);
          RawServer.write(socket, written);
          reply.cancel(true);
          assertThat(RawServer.closedByPeer(socket)).as("after '%s'", written).isTrue();
        }
      }
    }
  }

  @Test
  void closing_ends_what_is_in_flight_and_refuses_more() throws Exception {
    try (RawServer server = new RawServer()) {
      CompletableFuture<HttpReply> reply =
          transport.send(call(HttpMethod.GET, server.url()).build());
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        transport.close();
        transport.close();
        assertThat(reply)
            .failsWithin(Duration.ofSeconds(5))
            .withThrowableOfType(ExecutionException.class)
            .withMessageContaining("closed");
        assertThat(RawServer.closedByPeer(socket)).isTrue();
      }
      assertThat(failure(call(HttpMethod.GET, server.url()).build()))
          .hasMessageContaining("closed");
    }
  }

  @Test
  void redirects_are_answers_unless_the_call_follows_them() throws Exception {
    SERVER.stubFor(get("/a").willReturn(aResponse().withStatus(302).withHeader("Location", "/b")));
    SERVER.stubFor(get("/b").willReturn(ok("there")));

    HttpCall.Builder call = call(HttpMethod.GET, SERVER.baseUrl() + "/a");
    assertThat(send(call.build()).status()).isEqualTo(302);
    HttpReply followed = send(call.followRedirects(true).build());
    assertThat(followed.status()).isEqualTo(200);
    assertThat(followed.body()).isEqualTo("there".getBytes(UTF_8));
  }

  @Test
  void a_redirect_to_another_origin_loses_credentials_and_keeps_the_rest() throws Exception {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse().withStatus(307).withHeader("Location", OTHER.baseUrl() + "/in")));
    OTHER.stubFor(any(anyUrl()).willReturn(ok()));

    send(
        call(HttpMethod.PATCH, SERVER.baseUrl())
            .followRedirects(true)
            .header("Authorization", "Bearer a")
            .header("Cookie", "c=1")
            .secretHeader("X-Custom", "s")
            .header("X-TrigRun-Attempt", "1")
            .body("payload".getBytes(UTF_8))
            .build());

    OTHER.verify(
        patchRequestedFor(urlEqualTo("/in"))
            .withHeader("Authorization", absent())
            .withHeader("Cookie", absent())
            .withHeader("X-Custom", absent())
            .withHeader("X-TrigRun-Attempt", equalTo("1"))
            .withRequestBody(equalTo("payload")));
  }

  @Test
  void see_other_turns_a_post_into_a_get_without_body() throws Exception {
    SERVER.stubFor(post("/a").willReturn(aResponse().withStatus(303).withHeader("Location", "b")));
    SERVER.stubFor(get("/b").willReturn(ok()));
    HttpCall call =
        call(HttpMethod.POST, SERVER.baseUrl() + "/a")
            .followRedirects(true)
            .header("Content-Type", "text/plain")
            .body("x".getBytes(UTF_8))
            .build();
    assertThat(send(call).status()).isEqualTo(200);
    SERVER.verify(getRequestedFor(urlEqualTo("/b")).withHeader("Content-Type", absent()));
  }

  @Test
  void a_loop_ends_after_five_redirects_with_the_last_answer() throws Exception {
    SERVER.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(302).withHeader("Location", "/")));
    HttpReply reply = send(call(HttpMethod.GET, SERVER.baseUrl()).followRedirects(true).build());
    assertThat(reply.status()).isEqualTo(302);
    assertThat(SERVER.getAllServeEvents()).hasSize(6);
  }

  @Test
  void more_than_a_thousand_calls_are_in_flight_on_a_few_threads() throws Exception {
    int calls = 1_200;
    transport.close();
    transport = HttpTransport.jdkBuilder().egress(EgressPolicy.unrestricted()).threads(2).build();
    long others = countThreads();
    List<CompletableFuture<HttpReply>> replies = new ArrayList<>();
    List<Socket> sockets = new ArrayList<>();
    try (RawServer server = new RawServer()) {
      for (int i = 0; i < calls; i++) {
        replies.add(
            transport.send(
                call(HttpMethod.GET, server.url()).timeout(Duration.ofSeconds(60)).build()));
      }
      for (int i = 0; i < calls; i++) {
        sockets.add(server.connection());
      }
      assertThat(replies).noneMatch(CompletableFuture::isDone);
      assertThat(countThreads() - others)
          .as("threads started for the calls")
          .isLessThanOrEqualTo(5);
      for (Socket socket : sockets) {
        RawServer.head(socket);
        RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      }
      for (CompletableFuture<HttpReply> reply : replies) {
        assertThat(reply.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static long countThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("trigrun-http-") || name.startsWith("HttpClient-"))
        .count();
  }

  @Test
  void closing_ends_the_threads() throws Exception {
    SERVER.stubFor(any(anyUrl()).willReturn(ok()));
    send(call(HttpMethod.GET, SERVER.baseUrl()).build());
    List<Thread> mine =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("trigrun-http-"))
            .toList();
    transport.close();
    for (Thread thread : mine) {
      thread.join(10_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }
}
