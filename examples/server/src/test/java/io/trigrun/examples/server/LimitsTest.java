package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one who calls can't do to the others. */
class LimitsTest {

  @TempDir Path data;

  @Test
  void slow_clients_are_cut_off_and_those_with_many_headers_or_connections_refused()
      throws Exception {
    List<String> quick =
        List.of(
            "-Dsun.net.httpserver.maxReqTime=1",
            "-Dsun.net.httpserver.timerMillis=100",
            "-Djdk.httpserver.maxConnections=20");
    List<String> arguments = List.of("--port", "0", "--data", data.toString());
    try (ServerProcess server = ServerProcess.launch(Map.of(), quick, arguments)) {
      URI url = URI.create(server.line("ready: "));
      assertThat(said(url, "POST /v1/monitors HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"))
          .as("nothing, and the connection is closed")
          .isEmpty();
      assertThat(said(url, "GET /v1/monitors HTTP/1.1\r\nHost:")).isEmpty();
      String headers = "X-Y: z\r\n".repeat(150);
      assertThat(said(url, "GET /v1/monitors HTTP/1.0\r\n" + headers + "\r\n")).contains(" 431 ");
      assertThat(said(url, "GET /health HTTP/1.0\r\n\r\n")).contains(" 200 ");
      List<Socket> idle = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        idle.add(new Socket(url.getHost(), url.getPort()));
      }
      assertThat(said(url, "GET /health HTTP/1.0\r\n\r\n"))
          .as("one connection more than there may be")
          .isEmpty();
      for (Socket each : idle) {
        each.close();
      }
    }
  }

  private static String said(URI url, String request) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (SocketException e) { // closed with what was sent unread
      return "";
    }
  }

  @Test
  void so_many_at_once_are_let_in_and_the_others_told_to_come_again() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Gate gate =
        new Gate(
            request -> {
              inside.countDown();
              await(goOn);
              return Optional.of(InboundResponse.empty(204));
            },
            1);
    InboundRequest request = InboundRequest.of("GET", "/");
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(() -> gate.handle(request).orElseThrow().status());
    await(inside);
    InboundResponse second = gate.handle(request).orElseThrow();
    assertThat(second.status()).isEqualTo(503);
    assertThat(second.header("Retry-After")).contains("1");
    goOn.countDown();
    assertThat(first.get()).isEqualTo(204);
    assertThat(gate.handle(request).orElseThrow().status()).isEqualTo(204);
    gate.close(Duration.ZERO);
    assertThat(gate.handle(request).orElseThrow().status()).isEqualTo(503);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
