package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.http.HttpReply;
import io.trigrun.http.RetryAfter;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.DirectChannelProvider;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.ProviderSpec.Field;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N18: what a provider of the host's own does wrong harms nobody else")
class ForeignProviderFaultsTest {

  private static final String TOKEN = "s3cr3t-t0ken-value";

  private final List<Scenario> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Scenario::close);
  }

  private Scenario with(ChannelProvider<?> provider) {
    Scenario scenario =
        new Scenario(
            TestStore.MEMORY.open(), Notifications.builder().provider(provider).build(), b -> b);
    open.add(scenario);
    return scenario;
  }

  private static Channel channel(Scenario scenario, String url) {
    Channel channel =
        scenario
            .notifications
            .channels()
            .create(
                ChannelSpec.of(
                    "own", "own", Settings.empty().with("url", url).with("token", TOKEN)));
    scenario
        .notifications
        .rules()
        .add(scenario.job.id(), channel.id(), NotificationEvent.ON_SUCCESS);
    return channel;
  }

  private Delivery deliveredBy(
      Function<HttpReply, DeliveryOutcome> classify, int status, Duration meanwhile) {
    Scenario scenario = with(new Own(classify));
    channel(scenario, scenario.receiver.url("/own"));
    scenario.receiver.answers(100, status);
    Execution run = scenario.run();
    scenario.driver.advance(meanwhile);
    Delivery delivery = scenario.delivery(run);
    assertThat(delivery + " " + scenario.notifications.deliveries().attempts(delivery.id()))
        .doesNotContain(TOKEN);
    return delivery;
  }

  private static DeliveryOutcome failing(HttpReply reply) {
    throw new IllegalStateException("can't read " + reply + " with " + TOKEN);
  }

  @Test
  void an_answer_that_it_fails_to_read_ends_the_delivery_without_sending_it_again() {
    Delivery delivery = deliveredBy(ForeignProviderFaultsTest::failing, 200, Duration.ofHours(1));

    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.failure())
        .contains(
            new Failure(
                "HTTP_2XX",
                "status: 200; the provider failed to read the answer: IllegalStateException"));
    assertThat(open.get(0).receiver.received).hasSize(1);
  }

  @Test
  void an_answer_that_it_fails_to_read_and_that_may_be_another_tomorrow_is_asked_for_again() {
    Delivery delivery = deliveredBy(ForeignProviderFaultsTest::failing, 503, Duration.ofHours(1));

    assertThat(delivery.attempts()).isEqualTo(5);
  }

  @Test
  @SuppressWarnings("NullAway") // host code is not compiled with our checks
  void no_outcome_is_a_failure_to_read_the_answer() {
    Delivery delivery = deliveredBy(reply -> null, 200, Duration.ofHours(1));

    assertThat(delivery.failure().orElseThrow().message())
        .isEqualTo("status: 200; the provider failed to read the answer: no outcome");
  }

  @Test
  void a_test_message_says_so_too() throws InterruptedException {
    Scenario scenario = with(new Own(ForeignProviderFaultsTest::failing));
    Channel own = channel(scenario, scenario.receiver.url("/own"));

    assertThat(scenario.notifications.channels().test(own.id()).toJson())
        .contains("the provider failed to read the answer: IllegalStateException")
        .contains("\"http_status\":200,\"permanent\":true");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -5, 0, 1, 86_400, 86_401, 315_360_000_000L, Long.MAX_VALUE})
  void a_wait_of_any_length_becomes_one_of_a_second_to_a_day(long seconds) {
    Duration wait =
        new DeliveryOutcome.RateLimited("", Optional.of(Duration.ofSeconds(seconds)))
            .retryAfter()
            .orElseThrow();

    assertThat(wait).isBetween(RetryAfter.MIN, RetryAfter.MAX);
    assertThat(wait.toSeconds()).isEqualTo(Math.max(1, Math.min(86_400, seconds)));
  }

  @Test
  void an_absurd_wait_pauses_the_channel_for_a_day_and_uses_up_no_attempt() {
    Delivery delivery =
        deliveredBy(
            reply ->
                new DeliveryOutcome.RateLimited(
                    "slow down", Optional.of(Duration.ofSeconds(Long.MAX_VALUE))),
            429,
            Duration.ofMinutes(1));

    assertThat(delivery.status()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(delivery.nextAttemptAt()).contains(Instant.parse("2026-03-17T10:00:00Z"));
    assertThat(delivery.attempts()).isZero();
  }

  @Test
  void a_reason_that_it_cuts_from_an_answer_holds_no_half_of_a_secret() {
    String answer = "x".repeat(90) + TOKEN;
    Scenario scenario =
        with(
            new Own(
                reply ->
                    new DeliveryOutcome.Permanent(
                        new String(reply.body(), StandardCharsets.UTF_8).substring(0, 93),
                        Fault.MESSAGE)));
    channel(scenario, scenario.receiver.url("/own"));
    scenario.receiver.answers(1, 400, Map.of(), answer);

    Execution run = scenario.run();

    assertThat(scenario.delivery(run).failure().orElseThrow().message())
        .isEqualTo("x".repeat(90) + "***");
  }

  @Test
  void a_destination_reached_otherwise_than_by_http_takes_no_secret_along_when_it_changes() {
    Scenario scenario = with(new Direct(new ArrayList<>()));
    Channel own = channel(scenario, "mqtt://one.example");
    Channels channels = scenario.notifications.channels();

    assertThatThrownBy(
            () ->
                channels.update(
                    own.id(),
                    ChannelSpec.of(
                        "own", "own", Settings.empty().with("url", "mqtt://evil.example"))))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "config.token: expected its value again, got none, while the channel leads elsewhere");
    assertThat(
            channels
                .update(
                    own.id(),
                    ChannelSpec.of(
                        "renamed", "own", Settings.empty().with("url", "mqtt://one.example")))
                .secretHints())
        .containsKey("token");
  }

  @Test
  void a_long_reason_of_a_channel_without_http_holds_no_half_of_a_secret()
      throws InterruptedException {
    for (int before : List.of(990, 2_040)) {
      Scenario scenario = with(new Direct(List.of("x".repeat(before) + TOKEN)));
      Channel own = channel(scenario, "mqtt://one.example");
      Execution run = scenario.run();
      scenario.driver.advance(Duration.ofHours(2));

      String shown =
          scenario.notifications.channels().test(own.id()).toJson()
              + scenario.delivery(run)
              + scenario.notifications.deliveries().attempts(scenario.delivery(run).id());
      assertThat(shown).contains("xxx").doesNotContain(TOKEN.substring(0, 4));
    }
  }

  /** Posts to its URL and reads answers as it is told. */
  private record Own(Function<HttpReply, DeliveryOutcome> classify)
      implements HttpChannelProvider<Settings> {

    @Override
    public ProviderSpec spec() {
      return new ProviderSpec(
          "own",
          List.of(Field.required("url").asDestination(), Field.optional("token").asSecret()));
    }

    @Override
    public Settings config(Settings settings) {
      return settings;
    }

    @Override
    public Rendering render(Settings config, Message message) {
      return new Rendering("application/json", "{}");
    }

    @Override
    public OutboundRequest request(Settings config, Rendering rendering, DeliveryStamp stamp) {
      return new OutboundRequest(
          URI.create(config.text("url").orElseThrow()), Map.of(), rendering.bytes());
    }

    @Override
    public DeliveryOutcome classify(Settings config, HttpReply reply, Instant now) {
      return classify.apply(reply);
    }
  }

  /** Breaks off with the last of the words, if it has any. */
  private record Direct(List<String> words) implements DirectChannelProvider<Settings> {

    @Override
    public ProviderSpec spec() {
      return new Own(reply -> new DeliveryOutcome.Sent()).spec();
    }

    @Override
    public Settings config(Settings settings) {
      return settings;
    }

    @Override
    public Rendering render(Settings config, Message message) {
      return new Rendering("text/plain", "");
    }

    @Override
    public DeliveryOutcome send(
        Settings config, Rendering rendering, DeliveryStamp stamp, Duration timeout)
        throws IOException {
      if (words.isEmpty()) {
        return new DeliveryOutcome.Sent();
      }
      throw new IOException(words.get(0));
    }
  }
}
