package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionRequest;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.handler.JobContext;
import io.trigrun.spi.JobStore;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S23 and section 5 of the architecture: nodes that share a store share the work, once each. */
@Timeout(120)
public abstract class S23Cluster extends FeatureTest {

  private static final int MANY = 10_000;

  private final Map<UUID, Integer> ran = new ConcurrentHashMap<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private final CountDownLatch all = new CountDownLatch(MANY);

  private void count(JobContext job) {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    Thread.onSpinWait();
    ran.merge(job.executionId(), 1, Integer::sum);
    running.decrementAndGet();
    all.countDown();
  }

  private TrigRunBuilder counting(String node, int permits) {
    return live(node)
        .queue("default", permits)
        .handler("work", Json.class, (payload, job) -> count(job));
  }

  @Test
  void two_nodes_run_ten_thousand_executions_once_each_within_their_permits() throws Exception {
    TrigRun one = started(counting("one", 5));
    TrigRun two = started(counting("two", 3));
    for (int batch = 0; batch < 10; batch++) {
      List<ExecutionRequest> requests =
          IntStream.range(0, MANY / 10)
              .mapToObj(i -> ExecutionRequest.of("work", Json.EMPTY_OBJECT))
              .toList();
      assertThat((batch % 2 == 0 ? one : two).enqueue(requests)).hasSize(MANY / 10);
    }

    assertThat(all.await(90, TimeUnit.SECONDS)).isTrue();
    one.close();
    two.close();

    assertThat(ran).hasSize(MANY);
    assertThat(ran.values()).as("times each ran").containsOnly(1);
    assertThat(mostRunning.get()).isBetween(1, 8);
    assertThat(one.executions().list(one.executions().query().limit(1_000)).items())
        .allSatisfy(each -> assertThat(each.state()).isEqualTo(SUCCEEDED));
  }

  @Test
  void runs_of_a_job_that_is_limited_to_one_go_one_after_another_on_all_nodes() throws Exception {
    Watch watch = new Watch();
    TrigRun one = started(counting("one", 8).listener(watch));
    TrigRun two = started(counting("two", 8).listener(watch));
    Job job =
        one.jobs().create(JobSpec.named("one").handler("work").maxConcurrentExecutions(1).build());

    for (int i = 0; i < 100; i++) {
      assertThat((i % 2 == 0 ? one : two).jobs().runNow(job.id()).jobId()).contains(job.id());
    }
    watch.awaitEnded(100);

    assertThat(mostRunning).hasValue(1);
    assertThat(ran).hasSize(100);
  }

  @Test
  void a_node_that_lost_its_lease_stops_and_can_record_nothing() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Watch watch = new Watch();
    TrigRun slow =
        started(
            live("slow")
                .lease(Duration.ofSeconds(1))
                .listener(watch)
                .outcomeHandler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      entered.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                      }
                      return io.trigrun.handler.Outcome.succeeded("\"late\"");
                    }));
    UUID id = slow.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId();
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

    TrigRun other =
        open(
            TrigRun.builder()
                .store(store())
                .node("other")
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)))
                .alignClock(false)
                .outcomeHandler(
                    "work",
                    Json.class,
                    (payload, job) -> io.trigrun.handler.Outcome.succeeded("\"taken over\"")));
    assertThat(other.runDue().attempts()).isEqualTo(1);

    assertThat(watch.next(TrigRunEvent.LeaseLost.class).executionId()).isEqualTo(id);
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    slow.close();
    assertThat(get(other, id).output()).contains("\"taken over\"");
    assertThat(get(other, id).node()).contains("other");
    assertThat(other.executions().attempts(id)).hasSize(1);
    assertThat(watch.all(TrigRunEvent.AttemptEnded.class)).isEmpty();
  }

  @Test
  void a_result_that_comes_after_another_node_took_over_is_refused_and_told_as_a_lost_lease()
      throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Watch watch = new Watch();
    TrigRun slow =
        started(
            live("slow")
                .lease(Duration.ofMinutes(30))
                .listener(watch)
                .outcomeHandler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      entered.countDown();
                      release.await();
                      return io.trigrun.handler.Outcome.succeeded("\"late\"");
                    }));
    UUID id = slow.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId();
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    TrigRun other =
        open(
            TrigRun.builder()
                .store(store())
                .node("other")
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)))
                .alignClock(false)
                .outcomeHandler(
                    "work",
                    Json.class,
                    (payload, job) -> io.trigrun.handler.Outcome.succeeded("\"taken over\"")));
    assertThat(other.runDue().attempts()).isEqualTo(1);

    release.countDown();

    assertThat(watch.next(TrigRunEvent.LeaseLost.class).executionId()).isEqualTo(id);
    assertThat(get(other, id).output()).contains("\"taken over\"");
    assertThat(other.executions().attempts(id)).hasSize(1);
    slow.close();
    assertThat(watch.all(TrigRunEvent.AttemptEnded.class)).isEmpty();
  }

  @Test
  void what_one_node_enqueues_another_starts_at_once() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    TrigRunBuilder lazy = TrigRun.builder().store(store()).pollInterval(Duration.ofMinutes(1));
    TrigRun worker =
        started(lazy.node("worker").handler("work", Json.class, (payload, job) -> ran.countDown()));
    awaitAsleep(worker);
    TrigRun other = open(TrigRun.builder().store(store()).node("other"));
    assertThat(other.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).duplicate()).isFalse();
    assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** It has claimed once, found nothing, and has no reason to look again for a minute. */
  private static void awaitAsleep(TrigRun node) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (node.health().lastClaim().isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void an_idle_node_asks_the_store_once_a_second_and_nothing_else() throws Exception {
    Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    CountDownLatch claims = new CountDownLatch(4); // one of them when hints begin to come
    JobStore counted = counted(calls, claims::countDown);
    long begin = System.nanoTime();
    TrigRun idle = started(TrigRun.builder().store(counted).node("idle"));
    assertThat(claims.await(20, TimeUnit.SECONDS)).isTrue();
    long millis = (System.nanoTime() - begin) / 1_000_000;
    idle.close();
    assertThat(millis).as("from the first to the fourth claim").isGreaterThanOrEqualTo(1_900);
    calls.keySet().removeAll(Set.of("subscribe", "now"));
    assertThat(calls).containsOnlyKeys("claim");
  }

  @Test
  void what_a_node_enqueues_for_now_costs_it_one_claim() throws Exception {
    int count = 20;
    Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    BlockingQueue<Integer> ran = new LinkedBlockingQueue<>();
    TrigRun node =
        started(
            TrigRun.builder()
                .store(counted(calls, () -> {}))
                .pollInterval(Duration.ofMinutes(1))
                .handler("work", Integer.class, (number, job) -> ran.add(number)));
    awaitAsleep(node);
    int before = claims(calls);
    for (int number = 0; number < count; number++) {
      node.enqueue(ExecutionRequest.of("work", number));
      assertThat(ran.poll(20, TimeUnit.SECONDS)).isEqualTo(number);
    }
    // A handler that is faster than its claim's last steps may cost another one.
    assertThat(claims(calls) - before).isBetween(count / 2, 2 * count);
  }

  private static int claims(Map<String, AtomicInteger> calls) {
    return calls.getOrDefault("claim", new AtomicInteger()).get();
  }

  /** The store, with its calls counted by name. */
  private JobStore counted(Map<String, AtomicInteger> calls, Runnable afterClaim) {
    JobStore real = store();
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (proxy, method, arguments) -> {
              calls
                  .computeIfAbsent(method.getName(), name -> new AtomicInteger())
                  .incrementAndGet();
              Object answer = method.invoke(real, arguments);
              if (method.getName().equals("claim")) {
                afterClaim.run();
              }
              return answer;
            });
  }
}
