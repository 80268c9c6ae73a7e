package io.trigrun.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.egress.EgressPolicy;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default transport on a thread that waits, against real sockets. */
class SendAndWaitTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";

  private final HttpTransport transport =
      HttpTransport.jdkBuilder().egress(EgressPolicy.unrestricted()).build();

  @AfterEach
  void close() {
    transport.close();
  }

  private static HttpCall.Builder call(HttpMethod method, String url) {
    return HttpCall.builder(method, URI.create(url)).timeout(Duration.ofSeconds(10));
  }

  /** A call under way on a thread of its own, and what that thread was left with. */
  private final class Waiting {
    final FutureTask<HttpReply> reply;
    final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    final Thread thread;

    Waiting(HttpCall call) {
      reply = new FutureTask<>(() -> transport.sendAndWait(call));
      thread =
          new Thread(
              () -> {
                reply.run();
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      thread.start();
    }

    HttpReply reply() throws Exception {
      return reply.get(20, TimeUnit.SECONDS);
    }

    void isLeftUninterrupted() throws Exception {
      assertThat(interrupted.get(20, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void the_answer_is_returned() throws Exception {
    try (RawServer server = new RawServer()) {
      Waiting waiting = new Waiting(call(HttpMethod.POST, server.url()).build());
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        RawServer.write(socket, OK);
        assertThat(waiting.reply().status()).isEqualTo(200);
        waiting.isLeftUninterrupted();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HALF})
  void the_deadline_covers_everything_and_gives_the_connection_up(String written) throws Exception {
    try (RawServer server = new RawServer()) {
      Waiting waiting =
          new Waiting(call(HttpMethod.GET, server.url()).timeout(Duration.ofMillis(500)).build());
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        RawServer.write(socket, written);
        assertThatThrownBy(waiting::reply).hasCauseInstanceOf(HttpTimeoutException.class);
        assertThat(RawServer.closedByPeer(socket)).isTrue();
        waiting.isLeftUninterrupted();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HALF})
  void an_interrupt_ends_it_and_gives_the_connection_up(String written) throws Exception {
    try (RawServer server = new RawServer()) {
      Waiting waiting = new Waiting(call(HttpMethod.GET, server.url()).build());
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        RawServer.write(socket, written);
        waiting.thread.interrupt();
        assertThatThrownBy(waiting::reply).hasCauseInstanceOf(InterruptedException.class);
        assertThat(RawServer.closedByPeer(socket)).isTrue();
      }
    }
  }

  @Test
  void closing_ends_it() throws Exception {
    try (RawServer server = new RawServer()) {
      Waiting waiting = new Waiting(call(HttpMethod.GET, server.url()).build());
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        transport.close();
        assertThatThrownBy(waiting::reply)
            .hasCauseInstanceOf(IOException.class)
            .hasMessageContaining("closed");
        waiting.isLeftUninterrupted();
      }
    }
  }

  @Test
  void a_huge_body_is_kept_up_to_the_limit_and_the_rest_never_read() throws Exception {
    try (RawServer server = new RawServer()) {
      Waiting waiting = new Waiting(call(HttpMethod.GET, server.url()).maxBodyBytes(10).build());
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        RawServer.write(
            socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(500));
        assertThat(waiting.reply().body()).hasSize(10);
        assertThat(waiting.reply().truncated()).isTrue();
        assertThat(RawServer.closedByPeer(socket)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpMethod.class,
      names = {"PUT", "DELETE"})
  void an_idempotent_request_whose_connection_broke_is_sent_once_more(HttpMethod method)
      throws Exception {
    try (RawServer server = new RawServer()) {
      Waiting waiting = new Waiting(call(method, server.url()).build());
      breakNext(server);
      try (Socket socket = server.connection()) {
        RawServer.head(socket);
        RawServer.write(socket, OK);
        assertThat(waiting.reply().status()).isEqualTo(200);
      }
      CompletableFuture<HttpReply> later = transport.send(call(method, server.url()).build());
      breakNext(server);
      breakNext(server);
      assertThatThrownBy(() -> later.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void a_post_whose_connection_broke_is_not() throws Exception {
    try (RawServer server = new RawServer()) {
      Waiting waiting = new Waiting(call(HttpMethod.POST, server.url()).build());
      breakNext(server);
      assertThatThrownBy(waiting::reply).hasCauseInstanceOf(IOException.class);
    }
  }

  private static void breakNext(RawServer server) throws Exception {
    try (Socket socket = server.connection()) {
      RawServer.head(socket);
    }
  }
}
