package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Attempt;
import io.trigrun.Callbacks;
import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("N14: deliveries are listed, filtered, and retried by hand")
class DeliveriesTest {

  private final Scenario scenario;
  private final Deliveries deliveries;

  DeliveriesTest(TestStore store) {
    scenario = new Scenario(store);
    deliveries = scenario.notifications.deliveries();
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void a_delivery_says_what_it_is_about() {
    Channel ops = scenario.channel("ops", ON_SUCCESS);
    Execution run = scenario.run();

    Delivery delivery = scenario.delivery(run);
    assertThat(delivery.kind()).isEqualTo(DeliveryKind.NOTIFICATION);
    assertThat(delivery.channelId()).contains(ops.id());
    assertThat(delivery.channelType()).isEqualTo("webhook");
    assertThat(delivery.event()).isEqualTo("execution.succeeded");
    assertThat(delivery.subject().jobId()).contains(scenario.job.id());
    assertThat(delivery.subject().executionId()).contains(run.id());
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(delivery.nextAttemptAt()).isEmpty();
    assertThat(delivery.finishedAt()).isPresent();
    assertThat(deliveries.find(delivery.id())).contains(delivery);
    assertThat(deliveries.find(run.id())).isEmpty();
    assertThat(scenario.notifications.deliveries("acme").find(delivery.id())).isEmpty();
  }

  @Test
  void lists_are_filtered_by_status_and_come_in_pages() {
    scenario.channel("ops", ON_SUCCESS);
    scenario
        .receiver
        .answers(1, 404)
        .answers(1, 200)
        .answers(1, 429, Map.of("Retry-After", "3600"), "");
    Execution failed = scenario.run();
    Execution sent = scenario.run();
    Execution waiting = scenario.run();

    assertThat(deliveries.list(DeliveryQuery.all().status(DeliveryStatus.FAILED)).items())
        .containsExactly(scenario.delivery(failed));
    assertThat(deliveries.list(DeliveryQuery.all().status(DeliveryStatus.PENDING)).items())
        .containsExactly(scenario.delivery(waiting));
    assertThat(deliveries.list(DeliveryQuery.all().status(DeliveryStatus.SENT)).items())
        .containsExactly(scenario.delivery(sent));
    assertThat(deliveries.list(DeliveryQuery.all().status(DeliveryStatus.PROCESSING)).items())
        .isEmpty();

    Page<Delivery> first = deliveries.list(DeliveryQuery.all().limit(2));
    Page<Delivery> second =
        deliveries.list(DeliveryQuery.all().limit(2).after(first.next().orElseThrow()));
    assertThat(first.items()).containsExactly(scenario.delivery(waiting), scenario.delivery(sent));
    assertThat(second.items()).containsExactly(scenario.delivery(failed));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void a_failed_delivery_is_sent_again_with_all_attempts_before_it() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(5, 500).answers(4, 500);
    Execution run = scenario.run();
    scenario.driver.advance(Duration.ofHours(12));
    Delivery failed = scenario.delivery(run);
    assertThat(failed.status()).isEqualTo(DeliveryStatus.FAILED);

    Delivery again = deliveries.retry(failed.id());
    assertThat(again.id()).isEqualTo(failed.id());
    assertThat(again.status()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(again.failure()).isEmpty();
    scenario.driver.advance(Duration.ofHours(12));

    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(scenario.receiver.received).hasSize(10);
    assertThat(scenario.receiver.bodies()).containsOnly(scenario.receiver.bodies().get(0));
    assertThat(deliveries.attempts(failed.id()))
        .extracting(Attempt::number)
        .containsExactly(1, 2, 3, 4, 5, 1, 2, 3, 4, 5);
  }

  @Test
  void callbacks_are_deliveries_of_their_own_kind() {
    scenario.channel("ops", ON_SUCCESS);
    Job job =
        scenario
            .trigrun
            .jobs()
            .update(
                scenario.job.id(),
                scenario.job.spec().toBuilder()
                    .callbacks(Callbacks.none().onSuccess(scenario.receiver.url("/callback")))
                    .build());
    scenario.receiver.answers(2, 404);
    Execution run = scenario.run();

    Delivery callback = deliveries.list(DeliveryQuery.callbacks()).items().get(0);
    assertThat(callback.kind()).isEqualTo(DeliveryKind.CALLBACK);
    assertThat(callback.channelId()).isEmpty();
    assertThat(callback.channelType()).isEqualTo("callback");
    assertThat(callback.event()).isEqualTo("execution.succeeded");
    assertThat(callback.subject().jobId()).contains(job.id());
    assertThat(callback.subject().executionId()).contains(run.id());
    assertThat(callback.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(deliveries.list(DeliveryQuery.all()).items())
        .extracting(Delivery::kind)
        .containsExactly(DeliveryKind.NOTIFICATION);
    assertThat(deliveries.of(run.id()))
        .hasSize(2)
        .extracting(Delivery::kind)
        .contains(DeliveryKind.CALLBACK, DeliveryKind.NOTIFICATION);
    assertThat(deliveries.find(callback.id())).contains(callback);
    assertThat(scenario.notifications.deliveries("acme").find(callback.id())).isEmpty();

    assertThat(deliveries.retry(callback.id()).status()).isEqualTo(DeliveryStatus.PENDING);
    scenario.driver.runDue();
    assertThat(deliveries.find(callback.id()).orElseThrow().status())
        .isEqualTo(DeliveryStatus.SENT);
    assertThat(deliveries.attempts(callback.id())).hasSize(2);
    assertThat(deliveries.list(DeliveryQuery.callbacks().status(DeliveryStatus.FAILED)).items())
        .isEmpty();
  }

  @Test
  void only_a_failed_delivery_can_be_retried() {
    scenario.channel("ops", ON_SUCCESS);
    scenario.receiver.answers(1, 500);
    Execution run = scenario.run();
    Delivery waiting = scenario.delivery(run);
    assertThatThrownBy(() -> deliveries.retry(waiting.id()))
        .isInstanceOf(ConflictException.class)
        .hasMessage("expected a delivery that has failed, got one that is pending");

    scenario.driver.advance(Duration.ofHours(1));
    assertThatThrownBy(() -> deliveries.retry(waiting.id()))
        .isInstanceOf(ConflictException.class)
        .hasMessage("expected a delivery that has failed, got one that is sent");
    assertThatThrownBy(() -> deliveries.retry(run.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> deliveries.retry(UUID.randomUUID()))
        .isInstanceOf(NotFoundException.class);
  }
}
