package io.trigrun.examples.ntfy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.notify.Channel;
import io.trigrun.notify.Delivery;
import io.trigrun.notify.DeliveryStatus;
import io.trigrun.notify.NotificationEvent;
import io.trigrun.notify.Notifications;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.Settings;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("N18: a provider outside the library, found by ServiceLoader")
class NtfyProviderTest {

  private static final String TOKEN = "tk_do_not_show_me";

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  private final Notifications notifications = Notifications.create(); // which finds the provider
  private HttpServer ntfy;
  private TrigRun trigrun;

  @BeforeEach
  void start() throws IOException {
    ntfy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ntfy.createContext(
        "/",
        exchange -> {
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          received.add(
              authorization + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    ntfy.start();
    trigrun =
        TrigRun.builder()
            .store(new InMemoryJobStore())
            .clock(clock)
            .handler(
                "sync",
                Json.class,
                (payload, context) -> {
                  throw new IllegalStateException("the other side is down");
                })
            .extension(notifications)
            .secrets(SecretCipher.aesGcm(KeyRing.of("test", KeyRing.generateKey())))
            .egress(EgressPolicy.builder().allowLoopback().build())
            .build();
  }

  @AfterEach
  void stop() {
    trigrun.close();
    ntfy.stop(0);
  }

  @Test
  void a_failure_is_pushed_and_the_token_is_sent_along() {
    Channel phone = notifications.channels().create(phone());
    List<Delivery> deliveries = failingJobTells(phone);

    assertThat(deliveries).extracting(Delivery::status).containsExactly(DeliveryStatus.SENT);
    assertThat(received)
        .singleElement()
        .asString()
        .startsWith("Bearer " + TOKEN + " {\"topic\":\"ops\",\"title\":\"Nightly sync ")
        .contains("\"priority\":4");
  }

  @Test
  void a_token_that_is_not_given_again_stays() {
    Channel phone = notifications.channels().create(phone());
    Settings withoutToken = phone().settings().without("token");
    notifications.channels().update(phone.id(), ChannelSpec.of("my phone", "ntfy", withoutToken));
    failingJobTells(phone);

    assertThat(received).singleElement().asString().startsWith("Bearer " + TOKEN + " ");
  }

  @Test
  void the_token_is_kept_and_never_shown() {
    Channel phone = notifications.channels().create(phone());
    Channel read = notifications.channels().find(phone.id()).orElseThrow();

    assertThat(read.secretHints()).containsOnlyKeys("token");
    assertThat(read.config().text("topic")).contains("ops");
    assertThat(read.config().names()).doesNotContain("token");
    assertThat(List.of(phone, read, phone(), new NtfyProvider().config(phone().settings())))
        .allSatisfy(shown -> assertThat(String.valueOf(shown)).doesNotContain(TOKEN));
  }

  @Test
  void wrong_settings_are_refused_by_name_and_without_the_token() {
    assertThatThrownBy(() -> save(Settings.empty().with("topic", "no/topic").with("token", TOKEN)))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("config.topic: expected ")
        .hasMessageNotContaining(TOKEN);
    assertThatThrownBy(() -> save(Settings.empty().with("topic", "ops").with("token", "a\r\nb")))
        .hasMessageStartingWith("config.token: expected ");
    assertThatThrownBy(() -> save(Settings.empty().with("token", TOKEN)))
        .hasMessageStartingWith("config.topic: expected a value");
  }

  @Test
  void it_is_one_class_of_at_most_80_lines() throws IOException {
    Path sources = Path.of("src/main/java/io/trigrun/examples/ntfy");
    try (var files = Files.list(sources)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("NtfyProvider.java", "package-info.java");
    }
    assertThat(Files.readAllLines(sources.resolve("NtfyProvider.java")))
        .hasSizeLessThanOrEqualTo(80);
  }

  private List<Delivery> failingJobTells(Channel channel) {
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("Nightly sync").handler("sync").retry(RetryPolicy.none()).build());
    notifications.rules().add(job.id(), channel.id(), NotificationEvent.ON_FAILURE);
    var run = trigrun.jobs().runNow(job.id());
    new TrigRunDriver(trigrun, clock).advance(Duration.ofSeconds(1));
    return notifications.deliveries().of(run.id());
  }

  private ChannelSpec phone() {
    return ChannelSpec.of(
        "phone",
        "ntfy",
        Settings.empty().with("server", url()).with("topic", "ops").with("token", TOKEN));
  }

  private void save(Settings settings) {
    notifications.channels().save(ChannelSpec.of("wrong", "ntfy", settings));
  }

  private String url() {
    return "http://127.0.0.1:" + ntfy.getAddress().getPort() + "/";
  }
}
