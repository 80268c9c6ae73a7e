package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.validation.ValidationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("Channels call what the host's egress policy lets out, and nothing else")
class EgressTest {

  private final TestStore store;

  EgressTest(TestStore store) {
    this.store = store;
  }

  @Test
  void a_channel_that_must_not_be_called_is_refused_when_it_is_saved() {
    Notifications notifications = Notifications.create();
    try (TestStore.Opened opened = store.open();
        TrigRun trigrun =
            TrigRun.builder().store(opened.store()).extension(notifications).build()) {
      Channel fine =
          notifications.channels().create(Channels.webhook("fine", "https://ops.example.com/"));
      for (String url :
          new String[] {
            "https://127.0.0.1/s3cret",
            "http://ops.example.com/s3cret",
            "https://db.internal/s3cret"
          }) {
        assertThatThrownBy(() -> notifications.channels().save(Channels.webhook("ops", url)))
            .isInstanceOf(ValidationException.class)
            .hasMessageStartingWith("config.url: expected ")
            .hasMessageContaining("EgressPolicy.builder().allow")
            .hasMessageNotContaining("s3cret");
        assertThatThrownBy(
                () -> notifications.channels().update(fine.id(), Channels.webhook("fine", url)))
            .isInstanceOf(ValidationException.class);
      }
      assertThat(notifications.channels().list()).containsExactly(fine);
      assertThat(trigrun.executions().list(trigrun.executions().query()).items()).isEmpty();
    }
  }

  @Test
  void a_channel_that_was_saved_elsewhere_fails_at_once_and_is_not_tried_again() {
    Notifications strict = Notifications.create();
    TestStore.Opened opened = store.open(); // closed by the scenario
    try (Scenario scenario = new Scenario(opened, Notifications.create(), b -> b);
        TrigRun node =
            TrigRun.builder()
                .store(opened.store())
                .clock(scenario.clock)
                .secrets(TestSecrets.CIPHER)
                .extension(strict)
                .handler("sync", Json.class, (payload, context) -> {})
                .build()) {
      scenario.channel("ops", NotificationEvent.ON_SUCCESS);
      Execution run = node.jobs().runNow(scenario.job.id());
      node.runDue();

      Delivery delivery = strict.deliveries().of(run.id()).get(0);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
      assertThat(delivery.failure().orElseThrow().errorClass()).isEqualTo("EGRESS_REFUSED");
      assertThat(strict.deliveries().attempts(delivery.id()))
          .singleElement()
          .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(AttemptStatus.ERROR));
      assertThat(scenario.receiver.received).isEmpty();
    }
  }
}
