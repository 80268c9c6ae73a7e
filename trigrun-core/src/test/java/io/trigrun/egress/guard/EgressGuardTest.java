package io.trigrun.egress.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.egress.EgressRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard's port, spoken to by hand: what others than our client would try, too. */
@Timeout(60)
class EgressGuardTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final NameServer names = new NameServer().answers("own.example", "127.0.0.1");
  private final EgressPolicy policy = EgressPolicy.builder().allowNetwork("127.0.0.1/32").build();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private ServerSocket target = closing(listen());
  private EgressGuard guard = guard(new GuardLimits(LONG, LONG, LONG, 100, 2));

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  private <T extends AutoCloseable> T closing(T resource) {
    opened.add(resource);
    return resource;
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private EgressGuard guard(GuardLimits limits) {
    guard = closing(new EgressGuard(policy, names, limits));
    return guard;
  }

  private Socket client() throws IOException {
    InetSocketAddress address = guard.open();
    Socket socket = closing(new Socket(address.getAddress(), address.getPort()));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private Socket accepted() throws IOException {
    target.setSoTimeout(10_000);
    Socket socket = closing(target.accept());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private void nobodyCame() throws IOException {
    target.setSoTimeout(1);
    try (Socket unexpected = target.accept()) {
      throw new AssertionError("expected nobody, got " + unexpected);
    } catch (SocketTimeoutException e) {
      // as it should be
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static String head(Socket socket) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  /** What comes until the other side ends; a reset is an end, too. */
  private static String rest(Socket socket) throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(rest);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("expected an end, got " + rest, e);
    } catch (IOException e) {
      // reset
    }
    return rest.toString(ISO_8859_1);
  }

  private String connect(String host, Pass pass) {
    return "CONNECT "
        + host
        + ":"
        + target.getLocalPort()
        + " HTTP/1.1\r\nProxy-Authorization: "
        + pass.authorization()
        + "\r\n\r\n";
  }

  private String get(String host, Pass pass) {
    return "GET http://"
        + host
        + ":"
        + target.getLocalPort()
        + "/ HTTP/1.1\r\nProxy-Authorization: "
        + pass.authorization()
        + "\r\n\r\n";
  }

  @Test
  void a_tunnel_carries_bytes_both_ways_until_one_side_ends() throws IOException {
    Socket client = client();
    write(client, connect("own.example", guard.issue()));
    assertThat(head(client)).startsWith("HTTP/1.1 200 ");
    Socket server = accepted();
    write(client, "hello");
    assertThat(server.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
    write(server, "bye");
    server.close();

    assertThat(rest(client)).isEqualTo("bye");
  }

  @Test
  void a_client_that_goes_takes_the_connection_to_the_target_with_it() throws IOException {
    Socket client = client();
    write(client, connect("own.example", guard.issue()));
    head(client);
    Socket server = accepted();
    client.close();

    assertThat(rest(server)).isEmpty();
  }

  @Test
  void who_has_no_pass_is_hung_up_on_without_a_word() throws IOException {
    Pass over = guard.issue();
    over.close();
    String line = "CONNECT own.example:" + target.getLocalPort() + " HTTP/1.1\r\n";
    for (String request :
        List.of(
            line + "\r\n",
            line + "Proxy-Authorization: TrigRun 1.1\r\n\r\n",
            line + "Proxy-Authorization: Basic dTpw\r\n\r\n",
            connect("own.example", over),
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\u0016\u0003\u0001 TLS or other nonsense\r\n\r\n")) {
      Socket client = client();
      write(client, request);
      assertThat(rest(client)).as(request).isEmpty();
    }
    assertThat(names.asked).isEmpty();
    nobodyCame();
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example", "127.0.0.2", "localhost", "[::1]", "2130706433", "0"})
  void what_the_policy_refuses_is_not_connected_to_and_the_pass_says_why(String host)
      throws IOException {
    names.answers("other.example", "127.0.0.2").answers("localhost", "127.0.0.1");
    for (boolean tunnel : new boolean[] {true, false}) {
      Socket client = client();
      Pass pass = guard.issue();
      write(client, tunnel ? connect(host, pass) : get(host, pass));

      assertThat(rest(client)).startsWith("HTTP/1.1 403 ");
      assertThat(pass.failure()).containsInstanceOf(EgressRefusedException.class);
    }
    nobodyCame();
  }

  @Test
  void an_address_is_refused_even_where_another_of_the_name_is_fine() throws IOException {
    names.answers("own.example", "127.0.0.1 10.0.0.1");
    Socket client = client();
    Pass pass = guard.issue();
    write(client, connect("own.example", pass));

    assertThat(rest(client)).startsWith("HTTP/1.1 403 ");
    assertThat(pass.failure().orElseThrow())
        .isInstanceOfSatisfying(
            EgressRefusedException.class, e -> assertThat(e.mayChange()).isTrue());
    nobodyCame();
  }

  @Test
  void a_plain_connection_carries_one_request_and_no_second_one() throws IOException {
    names.answers("other.example", "127.0.0.2");
    for (boolean atOnce : new boolean[] {true, false}) {
      Socket client = client();
      String second = get("other.example", guard.issue());
      write(client, get("own.example", guard.issue()) + (atOnce ? second : ""));
      if (!atOnce) {
        Socket server = accepted();
        assertThat(head(server)).contains("Connection: close\r\n");
        write(server, "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n");
        assertThat(head(client)).startsWith("HTTP/1.1 200 OK\r\nConnection: close\r\n");
        write(client, second);
        assertThat(rest(server)).as("after the first request").isEmpty();
      }
      assertThat(rest(client)).isEmpty();
    }
    nobodyCame();
    assertThat(names.asked).doesNotContain("other.example");
  }

  @Test
  void a_body_is_passed_on_as_far_as_it_was_announced() throws IOException {
    Socket client = client();
    String get = get("own.example", guard.issue());
    String post = get.replace("GET", "POST").replace("\r\n\r\n", "\r\nContent-Length: 4\r\n\r\n");
    write(client, post + "ab");
    Socket server = accepted();
    assertThat(head(server)).startsWith("POST / HTTP/1.1\r\n");
    write(client, "cd");
    assertThat(server.getInputStream().readNBytes(4)).asString().isEqualTo("abcd");
    write(client, "GET / HTTP/1.1\r\n\r\n");

    assertThat(rest(server)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT ", "GET http://own.example/"})
  void an_endless_head_is_given_up(String start) throws Exception {
    Socket client = client();
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(
            () -> {
              try {
                write(client, start);
                for (int i = 0; i < 1000; i++) {
                  write(client, "X-Filler: " + "x".repeat(1000) + "\r\n");
                }
              } catch (IOException e) {
                // hung up on
              }
            });
    written.get(20, TimeUnit.SECONDS);

    assertThat(rest(client)).isEmpty();
  }

  @Test
  void who_is_slow_with_the_head_or_says_nothing_is_hung_up_on() throws IOException {
    guard(new GuardLimits(SHORT, LONG, LONG, 100, 2));
    Socket silent = client();
    Socket slow = client();
    write(slow, "CONNECT own.example");

    assertThat(rest(silent)).isEmpty();
    assertThat(rest(slow)).isEmpty();
  }

  @Test
  void an_idle_tunnel_is_closed() throws IOException {
    guard(new GuardLimits(LONG, LONG, SHORT, 100, 2));
    Socket client = client();
    write(client, connect("own.example", guard.issue()));
    head(client);
    Socket server = accepted();

    assertThat(rest(client)).isEmpty();
    assertThat(rest(server)).isEmpty();
  }

  @Test
  void there_are_no_more_connections_than_allowed() throws IOException {
    guard(new GuardLimits(LONG, LONG, LONG, 2, 2));
    Socket first = client();
    Socket second = client();
    assertThat(rest(client())).isEmpty();
    write(second, connect("own.example", guard.issue()));
    assertThat(head(second)).startsWith("HTTP/1.1 200 ");
    first.close();
    second.close();
    assertThat(rest(accepted())).isEmpty();
    Socket next = client();
    write(next, connect("own.example", guard.issue()));
    assertThat(head(next)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void the_next_address_is_tried_when_one_does_not_answer() throws IOException {
    names.answers("own.example", "127.0.0.3 127.0.0.1");
    guard =
        closing(
            new EgressGuard(
                EgressPolicy.builder().allowNetwork("127.0.0.0/30").build(),
                names,
                GuardLimits.standard(LONG)));
    Socket client = client();
    write(client, connect("own.example", guard.issue()));

    assertThat(head(client)).startsWith("HTTP/1.1 200 ");
    accepted();
  }

  @Test
  void what_went_wrong_on_the_way_is_told_to_the_pass() throws IOException {
    target.close();
    Pass refused = guard.issue();
    Pass unknown = guard.issue();
    Socket client = client();
    write(client, connect("own.example", refused));
    assertThat(rest(client)).startsWith("HTTP/1.1 502 ");
    client = client();
    write(client, connect("nowhere.example", unknown));
    assertThat(rest(client)).startsWith("HTTP/1.1 502 ");

    assertThat(refused.failure()).containsInstanceOf(ConnectException.class);
    assertThat(unknown.failure()).containsInstanceOf(UnknownHostException.class);
  }

  @Test
  void a_name_server_that_does_not_answer_costs_no_more_than_the_time_to_connect()
      throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    List<String> asked = new CopyOnWriteArrayList<>();
    NameResolver slow =
        host -> {
          asked.add(host);
          try {
            over.await();
          } catch (InterruptedException e) {
            throw new UnknownHostException(host);
          }
          return List.of(InetAddress.getLoopbackAddress());
        };
    guard = closing(new EgressGuard(policy, slow, new GuardLimits(LONG, SHORT, LONG, 100, 1)));
    Pass waits = guard.issue();
    Pass isBehind = guard.issue();
    Socket first = client();
    write(first, connect("own.example", waits));
    Socket second = client();
    write(second, connect("behind.example", isBehind));

    assertThat(rest(first)).startsWith("HTTP/1.1 502 ");
    assertThat(rest(second)).startsWith("HTTP/1.1 502 ");
    assertThat(waits.failure()).containsInstanceOf(HttpConnectTimeoutException.class);
    assertThat(isBehind.failure()).containsInstanceOf(HttpConnectTimeoutException.class);
    over.countDown();
    nobodyCame();

    Socket last = client();
    write(last, connect("own.example", guard.issue()));
    int tries = 1;
    while (!head(last).startsWith("HTTP/1.1 200 ")) { // on a busy machine the limit is short
      assertThat(++tries).isLessThan(50);
      last = client();
      write(last, connect("own.example", guard.issue()));
    }
    assertThat(asked).as("on behalf of calls that were not over").doesNotContain("behind.example");
  }

  @Test
  void a_connection_that_stalls_ends_in_time() throws IOException {
    guard(new GuardLimits(LONG, SHORT, LONG, 100, 2));
    target.close();
    target = closing(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    for (int i = 0; i < 2; i++) { // a full queue makes the kernel ignore the next one
      closing(new Socket(target.getInetAddress(), target.getLocalPort()));
    }
    Pass pass = guard.issue();
    Socket client = client();
    write(client, connect("own.example", pass));

    assertThat(rest(client)).startsWith("HTTP/1.1 502 ");
    assertThat(pass.failure()).containsInstanceOf(HttpConnectTimeoutException.class);
  }

  @Test
  void a_reader_that_is_slow_gets_everything_and_holds_up_nobody() throws Exception {
    byte[] much = new byte[20_000_000];
    new Random(1).nextBytes(much);
    Socket slow = client();
    write(slow, connect("own.example", guard.issue()));
    head(slow);
    Socket server = accepted();
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.getOutputStream().write(much);
                server.close();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 0; i < 50; i++) { // others are served meanwhile
      Socket other = client();
      write(other, connect("own.example", guard.issue()));
      assertThat(head(other)).startsWith("HTTP/1.1 200 ");
      accepted().close();
      other.close();
    }
    byte[] got = slow.getInputStream().readAllBytes();
    sent.get(10, TimeUnit.SECONDS);

    assertThat(Arrays.equals(got, much)).isTrue();
  }

  @Test
  void closing_ends_connections_and_threads_and_opens_nothing_again() throws Exception {
    Socket client = client();
    write(client, connect("own.example", guard.issue()));
    head(client);
    Socket server = accepted();
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("trigrun-egress-"))
            .toList();
    guard.close();
    guard.close();

    assertThat(rest(client)).isEmpty();
    assertThat(rest(server)).isEmpty();
    for (Thread thread : threads) {
      thread.join(10_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
    assertThatThrownBy(guard::open).isInstanceOf(IOException.class).hasMessageContaining("closed");
  }

  @Test
  void the_port_is_on_loopback_only() throws IOException {
    assertThat(guard.open().getAddress().isLoopbackAddress()).isTrue();
    assertThat(guard.open()).as("opened once").isEqualTo(guard.open());
  }
}
