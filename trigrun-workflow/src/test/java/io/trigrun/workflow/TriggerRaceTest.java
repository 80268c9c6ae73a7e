package io.trigrun.workflow;

import static io.trigrun.workflow.TriggerScenario.SHARED;
import static io.trigrun.workflow.TriggerScenario.proven;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.workflow.TriggerReceipt.Repeated;
import io.trigrun.workflow.TriggerReceipt.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("W14: one delivery, one run")
@OnEveryStore
class TriggerRaceTest {

  private static final int THREADS = 64;

  private final TestStore store;

  TriggerRaceTest(TestStore store) {
    this.store = store;
  }

  @Test
  void of_64_that_deliver_the_same_one_starts_a_run_and_all_learn_which() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      String token = scenario.token(SHARED);
      InboundRequest request = proven("{}").withHeader("Idempotency-Key", "delivery-1");
      CountDownLatch start = new CountDownLatch(1);
      List<Future<TriggerReceipt>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return scenario.receive(token, request);
                }));
      }
      start.countDown();

      List<UUID> started = new ArrayList<>();
      List<UUID> repeated = new ArrayList<>();
      for (Future<TriggerReceipt> answer : answers) {
        if (answer.get() instanceof Started first) {
          started.add(first.executionId());
        } else if (answer.get() instanceof Repeated again) {
          repeated.add(again.executionId());
        }
      }
      assertThat(started).hasSize(1);
      assertThat(repeated).hasSize(THREADS - 1).containsOnly(started.get(0));
      assertThat(scenario.runs())
          .singleElement()
          .satisfies(run -> assertThat(run.id()).isEqualTo(started.get(0)));
    } finally {
      threads.shutdownNow();
    }
  }
}
