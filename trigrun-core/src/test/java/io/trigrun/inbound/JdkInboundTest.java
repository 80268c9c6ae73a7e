package io.trigrun.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JdkInboundTest extends InboundContract {

  private final ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Override
  void mount(String path, InboundRoutes routes, InboundLimits limits) {
    JdkInbound.mount(server, path, routes, limits);
  }

  @Override
  int port() {
    return server.getAddress().getPort();
  }

  @Test
  void an_encoded_slash_is_none() throws Exception {
    mount(request -> Optional.of(InboundResponse.json(200, request.segments().toString())));

    assertThat(get("/v1/a%2Fb/c").body()).isEqualTo("[a/b, c]");
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
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void the_rest_of_a_body_that_was_refused_is_not_waited_for_for_ever() throws Exception {
    mount("/v1", request -> Optional.of(InboundResponse.empty(204)), impatient());

    for (String target : List.of("/v1other", "/v1/" + "x".repeat(10_000))) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
        send(client, "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
        assertThat(answer(client)).startsWith("HTTP/1.1 4");
      }
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void who_does_not_read_his_answer_does_not_keep_a_thread() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    mount(
        "/v1",
        request -> {
          asked.countDown();
          return Optional.of(InboundResponse.json(200, "x".repeat(32 << 20)));
        },
        impatient());

    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
      send(client, "GET /v1/x HTTP/1.1\r\nHost: x\r\n\r\n");
      asked.await();
      while (threads.getActiveCount() > 0) {
        Thread.onSpinWait();
      }
      assertThat(answer(client).length()).isBetween(1, 32 << 20);
    }
  }

  @Test
  void a_mount_point_is_a_plain_path() {
    for (String path : List.of("", "v1", "/v1/", "//", "/a b", "/a?b")) {
      assertThatThrownBy(() -> JdkInbound.mount(server, path, request -> Optional.empty()))
          .isInstanceOf(ValidationException.class);
    }
  }
}
