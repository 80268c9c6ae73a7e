package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.WorkspaceLimits;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("N9, N10: an event with a thousand rules, and a channel that is down")
class ThousandRulesTest {

  private static final int CHANNELS = 1_000;

  @ParameterizedTest
  @EnumSource(
      value = TestStore.class,
      names = {"MEMORY", "H2"})
  void every_channel_hears_once_and_one_that_is_down_for_an_hour_holds_up_no_other(TestStore kind) {
    Set<String> heard = ConcurrentHashMap.newKeySet();
    AtomicInteger twice = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    HttpTransport network =
        call -> {
          String path = call.uri().getPath();
          if (path.equals("/c-7")) {
            refused.incrementAndGet();
            return CompletableFuture.failedFuture(new HttpTimeoutException("no answer"));
          }
          if (!heard.add(path)) {
            twice.incrementAndGet();
          }
          return CompletableFuture.completedFuture(
              new HttpReply(204, Map.of(), new byte[0], false, Duration.ZERO));
        };
    try (Scenario scenario =
        new Scenario(
            kind.open(),
            Notifications.create(),
            builder ->
                builder
                    .httpTransport(network)
                    .workspaceLimits("default", WorkspaceLimits.unlimited()))) {
      for (int i = 0; i < CHANNELS; i++) {
        Channel channel =
            scenario
                .notifications
                .channels()
                .create(Channels.webhook("c-" + i, "https://example.com/c-" + i));
        scenario
            .notifications
            .rules()
            .add(scenario.job.id(), channel.id(), NotificationEvent.ON_SUCCESS);
        scenario
            .notifications
            .rules()
            .add(RuleScope.workspace(), channel.id(), NotificationEvent.ON_COMPLETION);
      }

      Execution run = scenario.run(); // three seconds of its own clock

      assertThat(heard).hasSize(CHANNELS - 1);
      assertThat(twice).hasValue(0);
      scenario.driver.advance(Duration.ofHours(1));
      assertThat(refused.get()).isBetween(3, 5);
      assertThat(
              scenario.notifications.deliveries().of(run.id()).stream()
                  .collect(Collectors.groupingBy(Delivery::status, Collectors.counting())))
          .containsEntry(DeliveryStatus.SENT, CHANNELS - 1L)
          .containsValue(1L);
    }
  }
}
