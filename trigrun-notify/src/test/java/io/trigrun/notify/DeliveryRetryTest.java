package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a delivery that does not arrive at once. */
@OnMemoryAndH2
@DisplayName("N15: retries of deliveries")
class DeliveryRetryTest {

  private final TestStore store;
  private final Scenario scenario;

  DeliveryRetryTest(TestStore store) {
    this.store = store;
    scenario = new Scenario(store);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408, 425, 409})
  void a_transient_answer_is_retried_up_to_5_attempts(int status) {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(9, status);

    Execution run = scenario.run();
    scenario.driver.advance(Duration.ofHours(12));

    Delivery delivery = scenario.delivery(run);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.attempts()).isEqualTo(5);
    assertThat(scenario.receiver.received).hasSize(5);
    assertThat(scenario.receiver.received)
        .extracting(request -> request.header("X-TrigRun-Attempt"))
        .containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void every_attempt_sends_the_same_bytes_with_the_same_id_and_signature() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(4, 500);

    Execution run = scenario.run();
    scenario.driver.advance(Duration.ofHours(12));

    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(scenario.receiver.received)
        .hasSize(5)
        .extracting(
            request ->
                request.body()
                    + request.header("X-TrigRun-Delivery-Id")
                    + request.header("X-Webhook-Signature"))
        .containsOnly(
            scenario.receiver.bodies().get(0)
                + scenario.delivery(run).id()
                + scenario.receiver.received.get(0).header("X-Webhook-Signature"));
  }

  @Test
  void the_waits_grow() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(5, 500);
    Execution run = scenario.run();

    for (long[] bounds : new long[][] {{5, 10}, {30, 60}, {180, 360}, {1080, 2160}}) {
      Delivery waiting = scenario.delivery(run);
      Attempt latest =
          scenario.notifications.deliveries().attempts(waiting.id()).get(waiting.attempts() - 1);
      Duration wait = Duration.between(latest.startedAt(), waiting.nextAttemptAt().orElseThrow());
      assertThat(wait).isBetween(Duration.ofSeconds(bounds[0]), Duration.ofSeconds(bounds[1]));
      scenario.driver.advance(
          Duration.between(scenario.clock.instant(), waiting.nextAttemptAt().get()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 410, 413, 422, 501, 301})
  void a_permanent_answer_fails_at_once(int status) {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, status, Map.of("Location", scenario.receiver.url("/new")), "no");

    Execution run = scenario.run();
    scenario.driver.advance(Duration.ofHours(12));

    Delivery delivery = scenario.delivery(run);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.failure().map(Failure::errorClass)).contains("HTTP_" + status / 100 + "XX");
    assertThat(delivery.failure().map(Failure::message).orElse("")).contains("got " + status);
    assertThat(scenario.receiver.received).hasSize(1);
    Attempt attempt = scenario.notifications.deliveries().attempts(delivery.id()).get(0);
    assertThat(attempt.statusCode()).contains(status);
    assertThat(attempt.bodyPreview()).contains("no");
  }

  @Test
  void waiting_as_the_receiver_asks_uses_up_no_attempt() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(8, 429, Map.of("Retry-After", "7"), "");

    Execution run = scenario.run();
    Delivery waiting = scenario.delivery(run);
    assertThat(waiting.status()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(waiting.attempts()).isZero();
    assertThat(waiting.nextAttemptAt().orElseThrow())
        .isAfterOrEqualTo(Instant.parse("2026-03-16T10:00:07Z"));
    assertThat(waiting.note())
        .contains("status: expected 2xx, got 429; waits as the receiver asks");

    scenario.driver.advance(Duration.ofMinutes(5));

    Delivery sent = scenario.delivery(run);
    assertThat(sent.status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(sent.attempts()).isEqualTo(1);
    assertThat(sent.note()).isEmpty();
    assertThat(scenario.notifications.deliveries().attempts(sent.id()))
        .extracting(attempt -> attempt.statusCode().orElse(0))
        .containsExactly(429, 429, 429, 429, 429, 429, 429, 429, 200);
  }

  @Test
  void a_limit_without_a_wish_waits_a_minute() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 429);

    Execution run = scenario.run();

    assertThat(scenario.delivery(run).nextAttemptAt())
        .contains(Instant.parse("2026-03-16T10:01:00Z"));
  }

  @Test
  void after_a_day_of_limits_each_one_counts() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1_000, 429, Map.of("Retry-After", "3600"), "");

    Execution run = scenario.run();
    scenario.driver.advance(Duration.ofHours(23));
    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(scenario.delivery(run).attempts()).isZero();

    scenario.driver.advance(Duration.ofDays(2));

    Delivery failed = scenario.delivery(run);
    assertThat(failed.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(failed.failure().map(Failure::errorClass)).contains("RATE_LIMITED");
    assertThat(failed.attempts()).isEqualTo(5);
    assertThat(scenario.receiver.received).hasSize(24 + 5);
  }

  static Stream<Exception> network_errors() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new HttpTimeoutException("no complete answer within 20000 ms"),
        new UnknownHostException("ops.example.com"),
        new IOException("Connection reset"));
  }

  @ParameterizedTest
  @MethodSource("network_errors")
  void a_network_error_is_retried_up_to_5_attempts(Exception error) {
    HttpTransport broken = call -> CompletableFuture.failedFuture(error);
    try (Scenario offline =
        new Scenario(store.open(), Notifications.create(), b -> b.httpTransport(broken))) {
      offline.channel("ops", ON_SUCCESS);
      Execution run = offline.run();
      offline.driver.advance(Duration.ofHours(12));

      Delivery delivery = offline.delivery(run);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
      assertThat(offline.notifications.deliveries().attempts(delivery.id()))
          .hasSize(5)
          .extracting(Attempt::status)
          .containsAnyOf(AttemptStatus.TIMEOUT, AttemptStatus.CONNECTION_ERROR);
    }
  }

  @Test
  void a_deleted_channel_fails_the_delivery_without_a_call() {
    Channel ops = scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 500);
    Execution run = scenario.run();
    scenario.notifications.channels().delete(ops.id());

    scenario.driver.advance(Duration.ofMinutes(5));

    Delivery delivery = scenario.delivery(run);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.failure().map(Failure::errorClass)).contains("channel_deleted");
    assertThat(scenario.receiver.received).hasSize(1);
  }

  @Test
  void a_message_on_its_way_goes_where_the_channel_says_now() {
    Channel ops = scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 500);
    scenario.run();
    scenario
        .notifications
        .channels()
        .update(
            ops.id(), Channels.webhook("ops", scenario.receiver.url("/moved")).signingSecret(""));

    scenario.driver.advance(Duration.ofMinutes(5));

    assertThat(scenario.receiver.received)
        .extracting(Receiver.Received::path)
        .containsExactly("/ops", "/moved");
    assertThat(scenario.receiver.bodies().get(1)).isEqualTo(scenario.receiver.bodies().get(0));
    assertThat(scenario.receiver.received.get(1).header("X-Webhook-Signature")).isEmpty();
  }

  @Test
  void a_receiver_that_has_moved_changes_the_channel() {
    Notifications moving =
        Notifications.builder().providers(List.of(new Moving(scenario.receiver))).build();
    try (Scenario other = new Scenario(store.open(), moving, b -> b)) {
      Channel channel =
          moving
              .channels()
              .create(
                  new io.trigrun.notify.provider.ChannelSpec() {
                    @Override
                    public String name() {
                      return "m";
                    }

                    @Override
                    public String type() {
                      return "moving";
                    }

                    @Override
                    public Settings settings() {
                      return Settings.empty().with("path", "/old");
                    }
                  });
      moving.rules().add(other.job.id(), channel.id(), ON_SUCCESS);
      scenario.receiver.answers(1, 400);
      Execution run = other.run();
      other.driver.advance(Duration.ofMinutes(1));

      assertThat(other.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(moving.channels().find(channel.id()).flatMap(c -> c.config().text("path")))
          .contains("/new");
      assertThat(scenario.receiver.received)
          .extracting(Receiver.Received::path)
          .containsExactly("/old", "/new");
    }
  }

  /** A kind of channel whose receiver moves when it answers 400. */
  private record Moving(Receiver receiver) implements HttpChannelProvider<String> {

    @Override
    public ProviderSpec spec() {
      return new ProviderSpec("moving", List.of(ProviderSpec.Field.required("path")));
    }

    @Override
    public String config(Settings settings) {
      return settings.text("path").orElse("");
    }

    @Override
    public Rendering render(String path, Message message) {
      return new Rendering("text/plain", message.event());
    }

    @Override
    public OutboundRequest request(String path, Rendering rendering, DeliveryStamp stamp) {
      return new OutboundRequest(URI.create(receiver.url(path)), Map.of(), rendering.bytes());
    }

    @Override
    public DeliveryOutcome classify(String path, HttpReply reply, Instant now) {
      return reply.status() == 400
          ? new DeliveryOutcome.Misdirected("moved", Settings.empty().with("path", "/new"))
          : HttpChannelProvider.super.classify(path, reply, now);
    }
  }
}
