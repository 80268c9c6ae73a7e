package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.spi.StoreException;
import io.trigrun.testing.TrigRunDriver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node dies before and after each call of the store; another one takes over. */
@DisplayName("N14, N15: a crash loses no message, and what is sent twice has the same id")
class CrashTest {

  private static final int MORE_THAN_ENOUGH = 200;

  @ParameterizedTest
  @EnumSource(
      value = TestStore.class,
      names = {"MEMORY", "H2"})
  void whenever_a_node_dies(TestStore kind) {
    boolean survived = false;
    int deaths = 0;
    for (int call = 1; !survived && call < MORE_THAN_ENOUGH; call++) {
      survived = !diesAt(kind, call, false);
      if (!survived) {
        deaths++;
        assertThat(diesAt(kind, call, true)).isTrue();
      }
    }
    assertThat(survived).as("some run is over before the node dies").isTrue();
    assertThat(deaths).isGreaterThan(5);
  }

  /** Whether the node died before all was done. */
  private static boolean diesAt(TestStore kind, int call, boolean afterItsEffect) {
    try (Scenario scenario = new Scenario(kind)) {
      scenario.channel("ops", NotificationEvent.ON_FAILURE, NotificationEvent.ON_ERROR);
      Execution run = scenario.trigrun.jobs().runNow(scenario.job.id());
      MortalStore mortal = new MortalStore(scenario.store(), call, afterItsEffect);
      runUntilDead(scenario, mortal);
      scenario.failing(3);
      // Longer than any lease, and than the waits between attempts.
      scenario.driver.advance(Duration.ofMinutes(30));
      assertAllIsTold(scenario, run, call + (afterItsEffect ? " after" : " before"));
      return mortal.isDead();
    }
  }

  /** A node whose runs fail, as those of the other will. */
  private static void runUntilDead(Scenario scenario, MortalStore mortal) {
    try (TrigRun node =
        TrigRun.builder()
            .store(mortal.store())
            .node("mortal")
            .clock(scenario.clock)
            .httpTransport(scenario.transport)
            .secrets(TestSecrets.CIPHER)
            .extension(Notifications.create())
            .handler(
                "sync",
                Json.class,
                (payload, context) -> {
                  throw new IllegalStateException("status: expected 200, got 500");
                })
            .build()) {
      new TrigRunDriver(node, scenario.clock).advance(Duration.ofSeconds(10));
    } catch (StoreException e) {
      assertThat(mortal.isDead()).isTrue();
    }
  }

  private static void assertAllIsTold(Scenario scenario, Execution run, String when) {
    Execution ended = scenario.trigrun.executions().find(run.id()).orElseThrow();
    assertThat(ended.state()).as(when).isEqualTo(ExecutionState.FAILED);
    List<Delivery> deliveries = scenario.notifications.deliveries().of(run.id());
    assertThat(deliveries)
        .as(when)
        .allSatisfy(delivery -> assertThat(delivery.status()).isEqualTo(DeliveryStatus.SENT));
    assertThat(deliveries).extracting(Delivery::event).contains("execution.failed");
    assertThat(scenario.receiver.received.stream().map(CrashTest::id).distinct())
        .as("every message that arrived is known, and every known one arrived")
        .containsExactlyInAnyOrderElementsOf(
            deliveries.stream().map(delivery -> delivery.id().toString()).toList());
    assertThat(
            scenario.receiver.received.stream()
                .map(received -> id(received) + received.body())
                .distinct())
        .as("what is sent twice is the same")
        .hasSameSizeAs(deliveries);
    assertThat(deliveries.stream().filter(d -> d.event().equals("execution.failed"))).hasSize(1);
  }

  private static String id(Receiver.Received received) {
    return received.header("X-TrigRun-Delivery-Id");
  }
}
