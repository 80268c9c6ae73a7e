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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdkInboundTest extends InboundContract {

  private final ExecutorService threads = Executors.newCachedThreadPool();
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
  void a_mount_point_is_a_plain_path() {
    for (String path : List.of("", "v1", "/v1/", "//", "/a b", "/a?b")) {
      assertThatThrownBy(() -> JdkInbound.mount(server, path, request -> Optional.empty()))
          .isInstanceOf(ValidationException.class);
    }
  }
}
