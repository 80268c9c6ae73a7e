package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("N15: a receiver that asks to wait pauses the channel, not one delivery")
class PausedChannelTest {

  private final Scenario scenario;

  PausedChannelTest(TestStore store) {
    scenario = new Scenario(store);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void others_of_the_channel_wait_unsent_and_use_up_no_attempt() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 429, Map.of("Retry-After", "600"), "slow down");
    Execution first = scenario.run();
    Execution second = scenario.run();
    scenario.driver.advance(Duration.ofMinutes(5));

    assertThat(scenario.receiver.received).hasSize(1);
    assertThat(scenario.delivery(first).attempts()).isZero();
    assertThat(scenario.delivery(second))
        .satisfies(
            waiting -> {
              assertThat(waiting.status()).isEqualTo(DeliveryStatus.PENDING);
              assertThat(waiting.attempts()).isZero();
              assertThat(waiting.note().orElseThrow()).startsWith("the channel is paused until ");
            });
    assertThat(scenario.notifications.deliveries().attempts(scenario.delivery(second).id()))
        .isEmpty();

    scenario.driver.advance(Duration.ofMinutes(6));
    assertThat(scenario.receiver.received).hasSize(3);
    assertThat(scenario.delivery(first).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(scenario.delivery(second).status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void other_channels_go_on() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 429, Map.of("Retry-After", "600"), "");
    scenario.run();
    scenario.channel("dev", ON_SUCCESS);
    scenario.run();

    assertThat(scenario.receiver.received)
        .extracting(Receiver.Received::path)
        .containsExactly("/ops", "/dev");
  }
}
