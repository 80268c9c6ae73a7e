package io.trigrun.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.egress.guard.NameServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The default transport with its guard, against real sockets. 127.0.0.1 stands for the internet,
 * 127.0.0.2 for the host's own network.
 */
@Timeout(60)
class GuardedTransportTest {
  private static final EgressPolicy POLICY =
      EgressPolicy.builder().allowNetwork("127.0.0.1/32").build();

  private static final InetAddress INSIDE = inside();

  private static InetAddress inside() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Both ways to drive the client. */
  private enum Way {
    WAITING,
    ASYNCHRONOUS
  }

  private record Request(
      String method, String uri, Map<String, List<String>> headers, String body, int port) {}

  private final NameServer names =
      new NameServer().answers("public.example", "127.0.0.1").answers("own.example", "127.0.0.2");
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private ServerSocketChannel internal;
  private HttpTransport transport = builder().build();

  private JdkTransportBuilder builder() {
    return HttpTransport.jdkBuilder().egress(POLICY).resolver(names);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          requests.add(
              new Request(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  Map.copyOf(exchange.getRequestHeaders()),
                  body,
                  exchange.getRemoteAddress().getPort()));
          String to = exchange.getRequestURI().getQuery();
          if (to != null && to.startsWith("to=")) {
            exchange.getResponseHeaders().add("Location", to.substring(3));
            exchange.sendResponseHeaders(307, -1);
          } else {
            byte[] answer = body.isEmpty() ? "ok".getBytes(UTF_8) : body.getBytes(UTF_8);
            boolean chunked = "chunked".equals(to);
            exchange.sendResponseHeaders(200, chunked ? 0 : answer.length);
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
    internal = ServerSocketChannel.open();
    internal.bind(new InetSocketAddress(INSIDE, server.getAddress().getPort()));
    internal.configureBlocking(false);
  }

  @AfterEach
  void stop() throws IOException {
    transport.close();
    server.stop(0);
    internal.close();
    threads.shutdownNow();
  }

  private String url(String host) {
    return "http://" + host + ":" + server.getAddress().getPort() + "/";
  }

  private static HttpCall.Builder call(HttpMethod method, String url) {
    return HttpCall.builder(method, URI.create(url)).timeout(Duration.ofSeconds(20));
  }

  private HttpReply send(Way way, HttpCall call) throws Exception {
    if (way == Way.WAITING) {
      return transport.sendAndWait(call);
    }
    try {
      return transport.send(call).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException failure ? failure : e;
    }
  }

  private void nobodyReachedTheInside() throws IOException {
    try (SocketChannel reached = internal.accept()) {
      assertThat(reached).as("a connection to 127.0.0.2").isNull();
    }
  }

  private static Verdict verdict(Throwable failure) {
    return ResponseJudge.judge(failure);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_name_is_resolved_once_and_what_arrives_looks_as_if_nobody_was_between(Way way)
      throws Exception {
    HttpCall call =
        call(HttpMethod.POST, url("public.example") + "a%20b?c=d")
            .header("X-A", "1")
            .body("hé".getBytes(UTF_8))
            .build();
    HttpReply reply = send(way, call);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("hé".getBytes(UTF_8));
    assertThat(names.asked).containsExactly("public.example");
    Request request = requests.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).isEqualTo("/a%20b?c=d");
    assertThat(request.headers())
        .containsEntry("Host", List.of("public.example:" + server.getAddress().getPort()))
        .containsEntry("X-a", List.of("1"))
        .doesNotContainKey("Proxy-authorization")
        .doesNotContainKey("Via");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_name_that_is_bound_again_never_leads_inside(Way way) throws Exception {
    names.answers("public.example", "127.0.0.1", "127.0.0.2");
    HttpCall call = call(HttpMethod.PUT, url("public.example")).body(new byte[10]).build();

    assertThat(send(way, call).status()).isEqualTo(200);
    Throwable failure = catchThrowable(() -> send(way, call));

    assertThat(failure)
        .isInstanceOfSatisfying(
            EgressRefusedException.class, e -> assertThat(e.mayChange()).isTrue());
    assertThat(verdict(failure).errorClass()).contains("EGRESS_REFUSED");
    assertThat(names.asked).as("once per connection, also with PUT").hasSize(2);
    assertThat(requests).hasSize(1);
    nobodyReachedTheInside();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void each_plain_request_is_judged_though_the_client_would_keep_the_connection(Way way)
      throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(send(way, call(HttpMethod.GET, url("public.example")).build()).status())
          .isEqualTo(200);
      assertThat(catchThrowable(() -> send(way, call(HttpMethod.GET, url("own.example")).build())))
          .isInstanceOf(EgressRefusedException.class);
    }
    assertThat(requests).extracting(Request::port).doesNotHaveDuplicates();
    nobodyReachedTheInside();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_redirect_is_judged_like_the_first_request(Way way) throws Exception {
    for (String to :
        List.of(
            url("own.example"),
            url("127.0.0.2"),
            url("localhost"),
            "http://169.254.169.254/meta")) {
      HttpCall call =
          call(HttpMethod.GET, url("public.example") + "?to=" + to).followRedirects(true).build();
      assertThat(catchThrowable(() -> send(way, call)))
          .as(to)
          .isInstanceOf(EgressRefusedException.class);
    }
    String fine = url("public.example") + "there";
    HttpCall call =
        call(HttpMethod.GET, url("127.0.0.1") + "?to=" + fine).followRedirects(true).build();
    assertThat(send(way, call).status()).isEqualTo(200);
    nobodyReachedTheInside();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2/",
        "https://localhost/",
        "https://10.0.0.1:22/",
        "http://[::1]/"
      })
  void what_is_refused_as_it_stands_is_refused_before_anything_is_opened(String url) {
    for (Way way : Way.values()) {
      Throwable failure = catchThrowable(() -> send(way, call(HttpMethod.GET, url).build()));
      assertThat(failure)
          .isInstanceOfSatisfying(
              EgressRefusedException.class, e -> assertThat(e.mayChange()).isFalse());
      assertThat(verdict(failure).message().orElseThrow())
          .startsWith("the request was not sent: request.url: expected ")
          .contains("EgressPolicy.builder().allow");
    }
    assertThat(guardThreads()).isZero();
    assertThat(names.asked).isEmpty();
  }

  private static long guardThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("trigrun-egress-"))
        .count();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void what_the_host_vouches_for_goes_directly_and_keeps_its_connection(Way way) throws Exception {
    for (int i = 0; i < 3; i++) {
      send(way, call(HttpMethod.GET, url("127.0.0.1")).build());
    }
    assertThat(requests).extracting(Request::port).containsOnly(requests.get(0).port());
    assertThat(guardThreads()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void failures_on_the_way_are_told_apart(Way way) throws Exception {
    names.answers("closed.example", "127.0.0.1");
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(failureClass(way, "http://closed.example:" + free + "/"))
        .isEqualTo("CONNECTION_ERROR");
    assertThat(failureClass(way, "http://nowhere.example/")).isEqualTo("DNS_ERROR");
    assertThat(failureClass(way, "https://closed.example:" + free + "/"))
        .isEqualTo("CONNECTION_ERROR");
    assertThat(failureClass(way, "https://nowhere.example/")).isEqualTo("DNS_ERROR");
    assertThat(failureClass(way, "https://own.example/")).isEqualTo("EGRESS_REFUSED");
  }

  private String failureClass(Way way, String url) {
    return verdict(catchThrowable(() -> send(way, call(HttpMethod.GET, url).build())))
        .errorClass()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void long_bodies_and_headers_pass(Way way) throws Exception {
    String body = "0123456789".repeat(100_000);
    for (String query : List.of("", "?chunked")) {
      HttpCall.Builder call =
          call(HttpMethod.POST, url("public.example") + query).body(body.getBytes(UTF_8));
      for (int i = 0; i < 20; i++) {
        call.header("X-Long-" + i, "v".repeat(8_000));
      }
      HttpReply reply = send(way, call.build());
      assertThat(new String(reply.body(), UTF_8)).isEqualTo(body);
      assertThat(reply.truncated()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
      })
  void answers_of_all_shapes_pass(String answer) throws Exception {
    try (RawServer raw = new RawServer()) {
      String url = raw.url().replace("127.0.0.1", "public.example");
      CompletableFuture<HttpReply> reply = transport.send(call(HttpMethod.POST, url).build());
      Socket socket = raw.connection();
      RawServer.head(socket);
      RawServer.write(socket, answer);
      if (answer.startsWith("HTTP/1.0")) {
        socket.close();
      }
      assertThat(reply.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok".getBytes(UTF_8));
      socket.close();
    }
  }

  @Test
  void a_deadline_and_a_cancellation_reach_the_target() throws Exception {
    try (RawServer raw = new RawServer()) {
      String url = raw.url().replace("127.0.0.1", "public.example");
      HttpCall brief = call(HttpMethod.GET, url).timeout(Duration.ofMillis(500)).build();
      CompletableFuture<HttpReply> cancelled = transport.send(call(HttpMethod.GET, url).build());
      try (Socket socket = raw.connection()) {
        RawServer.head(socket);
        cancelled.cancel(true);
        assertThat(RawServer.closedByPeer(socket)).isTrue();
      }
      FutureTask<HttpReply> late = new FutureTask<>(() -> transport.sendAndWait(brief));
      threads.execute(late);
      try (Socket socket = raw.connection()) {
        RawServer.head(socket);
        assertThat(RawServer.closedByPeer(socket)).isTrue();
      }
      assertThat(verdict(catchThrowable(late::get)).errorClass()).contains("TIMEOUT");
    }
  }

  @Test
  void hundreds_of_calls_are_in_flight_on_a_few_threads() throws Exception {
    int calls = 300;
    List<CompletableFuture<HttpReply>> replies = new ArrayList<>();
    List<Socket> sockets = new ArrayList<>();
    try (RawServer raw = new RawServer()) {
      String url = raw.url().replace("127.0.0.1", "public.example");
      for (int i = 0; i < calls; i++) {
        replies.add(transport.send(call(HttpMethod.GET, url).build()));
      }
      for (int i = 0; i < calls; i++) {
        sockets.add(raw.connection());
      }
      assertThat(guardThreads()).isLessThanOrEqualTo(9);
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

  @Test
  void closing_ends_what_is_in_flight_and_the_guard() throws Exception {
    try (RawServer raw = new RawServer()) {
      String url = raw.url().replace("127.0.0.1", "public.example");
      CompletableFuture<HttpReply> reply = transport.send(call(HttpMethod.GET, url).build());
      try (Socket socket = raw.connection()) {
        RawServer.head(socket);
        transport.close();
        assertThat(reply).failsWithin(Duration.ofSeconds(5));
        assertThat(RawServer.closedByPeer(socket)).isTrue();
      }
      assertThat(catchThrowable(() -> transport.sendAndWait(call(HttpMethod.GET, url).build())))
          .hasMessageContaining("closed");
    }
  }

  @Test
  void a_proxy_of_the_host_gets_what_stands_in_urls_judged_and_no_pass() throws Exception {
    transport.close();
    try (RawServer proxy = new RawServer()) {
      URI at = URI.create(proxy.url());
      transport =
          builder()
              .egress(EgressPolicy.builder().allowHttp().build())
              .proxy(
                  ProxySelector.of(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), at.getPort())))
              .build();
      assertThat(failureClass(Way.WAITING, "http://10.0.0.1/")).isEqualTo("EGRESS_REFUSED");
      CompletableFuture<HttpReply> reply =
          transport.send(call(HttpMethod.GET, "http://elsewhere.example/x").build());
      try (Socket socket = proxy.connection()) {
        assertThat(RawServer.head(socket))
            .startsWith("GET http://elsewhere.example/x HTTP/1.1\r\n")
            .doesNotContainIgnoringCase("Proxy-Authorization");
        RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(reply.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
      assertThat(names.asked).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://elsewhere.example/",
        "https://elsewhere.example:22/",
        "https://elsewhere.example:6379/"
      })
  void behind_a_proxy_scheme_and_port_of_a_name_are_judged_though_a_network_is_allowed(String url)
      throws Exception {
    transport.close();
    try (RawServer proxy = new RawServer()) {
      URI at = URI.create(proxy.url());
      transport =
          builder()
              .egress(EgressPolicy.builder().allowNetwork("10.0.0.0/8").build())
              .proxy(
                  ProxySelector.of(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), at.getPort())))
              .build();
      HttpCall call =
          HttpCall.builder(HttpMethod.GET, URI.create(url)).timeout(Duration.ofSeconds(2)).build();
      for (Way way : Way.values()) {
        assertThat(catchThrowable(() -> send(way, call)))
            .isInstanceOfSatisfying(
                EgressRefusedException.class, e -> assertThat(e.mayChange()).isFalse());
      }
    }
  }

  @Test
  void what_a_selector_sends_directly_is_guarded() throws Exception {
    transport.close();
    transport =
        builder()
            .proxy(
                new ProxySelector() {
                  @Override
                  public List<Proxy> select(URI uri) {
                    return List.of(Proxy.NO_PROXY);
                  }

                  @Override
                  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
                })
            .build();
    assertThat(failureClass(Way.WAITING, url("own.example"))).isEqualTo("EGRESS_REFUSED");
    assertThat(send(Way.WAITING, call(HttpMethod.GET, url("public.example")).build()).status())
        .isEqualTo(200);
    nobodyReachedTheInside();
  }
}
