package io.trigrun.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.egress.guard.NameServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS stays end to end: the certificate is the target's, and the client checks its name. */
@Timeout(60)
class GuardedTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  /** The client's ports, one for each request. */
  private static final List<Integer> PORTS = new CopyOnWriteArrayList<>();

  private static SSLContext context;
  private static HttpsServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    context = context(folder.resolve("secure.p12"));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(THREADS);
    server.createContext(
        "/",
        exchange -> {
          PORTS.add(exchange.getRemoteAddress().getPort());
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    THREADS.shutdownNow();
  }

  /** A certificate for secure.example that only its own keystore trusts. */
  private static SSLContext context(Path file) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "secure",
                "-dname",
                "CN=secure.example",
                "-ext",
                "SAN=dns:secure.example",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("secure", store.getCertificate("secure"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static HttpTransport transport() {
    return HttpTransport.jdkBuilder()
        .egress(EgressPolicy.builder().allowNetwork("127.0.0.1/32").build())
        .resolver(
            new NameServer()
                .answers("secure.example", "127.0.0.1", "127.0.0.2")
                .answers("another.example", "127.0.0.1"))
        .sslContext(context)
        .build();
  }

  private static HttpCall call(String host) {
    URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    return HttpCall.builder(HttpMethod.POST, url).body("secret".getBytes(UTF_8)).build();
  }

  @Test
  void the_client_talks_to_the_target_itself_and_keeps_its_tunnel() throws Exception {
    PORTS.clear();
    try (HttpTransport transport = transport()) {
      for (int i = 0; i < 3; i++) {
        HttpReply reply = transport.sendAndWait(call("secure.example"));
        assertThat(reply.body()).isEqualTo("secret".getBytes(UTF_8));
      }
      assertThat(PORTS).as("one tunnel for all three").hasSize(3).containsOnly(PORTS.get(0));
    }
  }

  @Test
  void a_certificate_for_another_name_is_refused() {
    try (HttpTransport transport = transport()) {
      Throwable failure = catchThrowable(() -> transport.sendAndWait(call("another.example")));
      assertThat(ResponseJudge.judge(failure).errorClass()).contains("TLS_ERROR");
    }
  }
}
