package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.Page;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.handler.JobHandler;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.signing.SignatureScheme;
import io.trigrun.signing.SigningSecret;
import io.trigrun.signing.WebhookVerifier;
import io.trigrun.spi.JobStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What docs/notifications.md shows, run: that its code compiles is checked with all pages. */
@OnMemoryAndH2
@DisplayName("N2, N14, N16: the guide")
class GuideTest {

  private static final String SECRET = SigningSecret.random();

  private final TestStore kind;

  GuideTest(TestStore kind) {
    this.kind = kind;
  }

  @Test
  void a_receiver_with_the_secret_takes_the_message() throws IOException {
    assertThat(deliver(SECRET, SECRET))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.SENT);
  }

  @Test
  void a_receiver_with_another_secret_refuses_it_and_it_can_be_sent_again() throws IOException {
    assertThat(deliver(SECRET, SigningSecret.random()))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.PENDING);
  }

  private List<Delivery> deliver(String secret, String secretOfReceiver) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", receiver(secretOfReceiver));
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    TestStore.Opened opened = kind.open();
    JobStore store = opened.store();
    JobHandler<Json> sync =
        (payload, context) -> {
          throw new IllegalStateException("the other side is down");
        };
    JobSpec nightlySync =
        JobSpec.named("Nightly sync").handler("sync").retry(RetryPolicy.none()).build();

    Notifications notifications = Notifications.create();
    String key = KeyRing.generateKey(); // once; keep it where the database's backups are not
    TrigRun trigrun =
        TrigRun.builder()
            .store(store)
            .handler("sync", Json.class, sync)
            .extension(notifications)
            .secrets(SecretCipher.aesGcm(KeyRing.of("2026-11", key)))
            .egress(EgressPolicy.builder().allowLoopback().build())
            .build();

    Job job = trigrun.jobs().create(nightlySync);
    Channel ops =
        notifications.channels().create(Channels.webhook("ops", url).signingSecret(secret));
    notifications.rules().add(job.id(), ops.id(), NotificationEvent.ON_FAILURE);

    Execution run = trigrun.jobs().runNow(job.id());
    trigrun.runDue();
    try (opened;
        trigrun) {
      return retryFailed(notifications, run);
    } finally {
      server.stop(0);
    }
  }

  private static HttpHandler receiver(String secret) {
    WebhookVerifier verifier = WebhookVerifier.of(SignatureScheme.standard(), secret);
    HttpHandler hook =
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean genuine = verifier.verify(body, exchange.getRequestHeaders()).isValid();
          exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
          exchange.close();
        };
    return hook;
  }

  private static List<Delivery> retryFailed(Notifications notifications, Execution run) {
    Deliveries deliveries = notifications.deliveries();
    Page<Delivery> failed = deliveries.list(DeliveryQuery.all().status(DeliveryStatus.FAILED));
    for (Delivery delivery : failed.items()) {
      System.out.println(delivery.event() + ": " + delivery.failure());
      deliveries.retry(delivery.id());
    }
    List<Delivery> aboutThisRun = deliveries.of(run.id());
    return aboutThisRun;
  }
}
