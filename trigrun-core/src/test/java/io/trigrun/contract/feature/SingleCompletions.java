package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionRequest;
import io.trigrun.ExecutionState;
import io.trigrun.Health;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Completions one by one: each durable by itself, before its worker goes on. */
@Timeout(60)
public abstract class SingleCompletions extends FeatureTest {

  private final Watch watch = new Watch();
  private final Queue<UUID> started = new ConcurrentLinkedQueue<>();
  private final Queue<ExecutionState> before = new ConcurrentLinkedQueue<>();

  private TrigRunBuilder single(JobStore on, int permits) {
    return live("node").store(on).listener(watch).queue("default", permits).groupCompletions(false);
  }

  private static List<UUID> enqueue(TrigRun node, int count) {
    List<ExecutionRequest> requests =
        IntStream.range(0, count)
            .mapToObj(i -> ExecutionRequest.of("work", Json.EMPTY_OBJECT))
            .toList();
    return node.enqueue(requests).stream().map(Enqueued::executionId).toList();
  }

  @Test
  void what_went_before_is_recorded_when_the_next_one_starts() throws Exception {
    TrigRun node =
        started(
            single(store(), 1)
                .handler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      store().findExecutions(new ArrayList<>(started)).stream()
                          .map(each -> each.state())
                          .forEach(before::add);
                      started.add(job.executionId());
                    }));
    List<UUID> ids = enqueue(node, 20);
    watch.awaitEnded(20);
    assertThat(started).hasSameElementsAs(ids);
    assertThat(before).hasSize(20 * 19 / 2).containsOnly(SUCCEEDED);
  }

  @Test
  void several_are_written_at_once_each_by_itself() throws Exception {
    CyclicBarrier together = new CyclicBarrier(4);
    Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    JobStore real = store();
    JobStore meeting =
        (JobStore)
            Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("apply")) {
                    sizes.add(((Collection<?>) arguments[arguments.length - 1]).size());
                    together.await(20, TimeUnit.SECONDS);
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    TrigRun node = started(single(meeting, 4).handler("work", Json.class, (payload, job) -> {}));
    enqueue(node, 4);
    watch.awaitEnded(4);
    assertThat(sizes).containsExactly(1, 1, 1, 1);
  }

  @Test
  void nothing_starts_while_an_end_can_not_be_written_and_nothing_is_lost() throws Exception {
    Outage outage = new Outage(store());
    CountDownLatch first = new CountDownLatch(1);
    TrigRun node =
        started(
            single(outage.store(), 1)
                .handler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      started.add(job.executionId());
                      if (first.getCount() > 0) {
                        outage.begin("apply");
                        first.countDown();
                      }
                    }));
    List<UUID> ids = enqueue(node, 3);
    assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(watch.next(TrigRunEvent.StoreUnavailable.class).reason()).contains("apply");
    while (outage.failures() < 3) {
      Thread.onSpinWait();
    }
    assertThat(started).hasSize(1);
    assertThat(node.health().status()).isEqualTo(Health.Status.STORE_UNAVAILABLE);
    outage.end();
    watch.awaitEnded(3);
    assertThat(started).hasSameElementsAs(ids).hasSize(3);
  }

  @Test
  void a_node_stops_although_ends_can_not_be_written_nor_what_waits_be_handed_back()
      throws Exception {
    Outage outage = new Outage(store());
    CountDownLatch ran = new CountDownLatch(1);
    TrigRun node =
        started(
            single(outage.store(), 1)
                .lease(Duration.ofSeconds(1))
                .handler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      outage.begin("apply");
                      ran.countDown();
                    }));
    List<UUID> ids = enqueue(node, 20);
    assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    node.stop(Duration.ZERO);
    outage.end();
    TrigRun other =
        started(live("other").listener(watch).handler("work", Json.class, (payload, job) -> {}));
    watch.awaitEnded(20);
    for (UUID id : ids) {
      assertThat(stateOf(other, id)).isEqualTo(SUCCEEDED);
    }
  }
}
