package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.NotFoundException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("N13: a channel is tested by a real message that leaves no delivery behind")
class TestSendTest {

  private final Scenario scenario;

  TestSendTest(TestStore store) {
    scenario = new Scenario(store);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void a_channel_that_works() throws InterruptedException {
    Channel ops = scenario.channel("ops");

    TestResult result = scenario.notifications.channels().test(ops.id());

    assertThat(result.toJson())
        .isEqualTo(
            "{\"ok\":true,\"channel_id\":\"%s\",\"provider\":\"webhook\"}".formatted(ops.id()));
    assertThat(scenario.receiver.bodies())
        .singleElement()
        .asString()
        .startsWith("{\"event\":\"execution.succeeded\"")
        .contains("\"status\":\"succeeded\"");
    assertThat(scenario.receiver.received.get(0).header("X-Webhook-Signature"))
        .startsWith("sha256=");
    assertThat(scenario.notifications.deliveries().list(DeliveryQuery.all()).items()).isEmpty();
  }

  @Test
  void a_channel_that_was_refused_for_good() throws InterruptedException {
    Channel ops = scenario.channel("ops");
    scenario.receiver.answers(1, 403, Map.of(), Scenario.SECRET);

    assertThat(scenario.notifications.channels().test(ops.id()).toJson())
        .isEqualTo(
            "{\"ok\":false,\"error\":{\"code\":\"notification_test_failed\",\"message\":"
                + "\"Webhook returned 403\"},"
                + "\"http_status\":403,\"permanent\":true}");
  }

  @Test
  void a_channel_that_is_out_of_order_for_now() throws InterruptedException {
    Channel ops = scenario.channel("ops");
    scenario.receiver.answers(1, 503);
    assertThat(scenario.notifications.channels().test(ops.id()))
        .isInstanceOfSatisfying(
            TestResult.Failed.class,
            failed -> {
              assertThat(failed.permanent()).isFalse();
              assertThat(failed.httpStatus()).contains(503);
            });

    scenario.receiver.close();
    assertThat(scenario.notifications.channels().test(ops.id()))
        .isInstanceOfSatisfying(
            TestResult.Failed.class,
            failed -> {
              assertThat(failed.permanent()).isFalse();
              assertThat(failed.httpStatus()).isEmpty();
              assertThat(failed.toJson()).doesNotContain("http_status");
            });
  }

  @Test
  void a_channel_that_is_not_there() {
    UUID nobody = UUID.randomUUID();
    assertThatThrownBy(() -> scenario.notifications.channels().test(nobody))
        .isInstanceOf(NotFoundException.class);
  }
}
