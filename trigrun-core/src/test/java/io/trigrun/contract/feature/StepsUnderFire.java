package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Json;
import io.trigrun.LeaseLostException;
import io.trigrun.TrigRun;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that go step by step on nodes with threads, which stop, hang and lose their store. */
@Timeout(60)
public abstract class StepsUnderFire extends FeatureTest {

  private static final int CROWD = 16;

  private final Queue<Integer> ran = new ConcurrentLinkedQueue<>();
  private final Queue<Class<?>> thrown = new ConcurrentLinkedQueue<>();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void runs_that_record_at_once_share_a_write_and_each_waits_for_its_own() throws Exception {
    Queue<Thread> runs = new ConcurrentLinkedQueue<>();
    Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    JobStore real = store();
    JobStore slow =
        (JobStore)
            Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> {
                  int boundaries = method.getName().equals("apply") ? boundaries(arguments) : 0;
                  if (boundaries > 0) {
                    sizes.add(boundaries);
                    await(goOn);
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    Watch watch = new Watch();
    TrigRun node =
        started(
            Steps.on(
                live("node").store(slow).listener(watch).queue("default", CROWD),
                run -> {
                  runs.add(Thread.currentThread());
                  run.record(Steps.after(1));
                  assertThat(real.journal(run.executionId())).hasSize(1);
                  return HandlerResult.of(Outcome.succeeded(), Steps.after(2));
                }));
    List<UUID> ids =
        IntStream.range(0, CROWD)
            .mapToObj(i -> node.enqueue(Steps.request()).executionId())
            .toList();
    await("all to wait", () -> runs.size() == CROWD && runs.stream().allMatch(this::isParked));
    assertThat(ids).allSatisfy(id -> assertThat(real.journal(id)).isEmpty());
    goOn.countDown();
    watch.awaitEnded(CROWD);
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(CROWD);
    assertThat(sizes).as("the first, and those that came meanwhile").hasSizeLessThanOrEqualTo(2);
    assertThat(ids)
        .allSatisfy(
            id -> assertThat(real.journal(id)).isEqualTo(List.of(Steps.entry(1), Steps.entry(2))))
        .allSatisfy(id -> assertThat(stateOf(node, id)).isEqualTo(ExecutionState.SUCCEEDED));
  }

  private static int boundaries(Object[] arguments) {
    List<?> transitions = (List<?>) arguments[arguments.length - 1];
    return (int)
        transitions.stream()
            .map(Transition.class::cast)
            .filter(one -> one.state() == ExecutionState.RUNNING)
            .count();
  }

  private boolean isParked(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void a_node_that_stops_leaves_the_run_where_its_last_boundary_was() throws Exception {
    TrigRun first =
        started(
            Steps.on(
                live("first"),
                run -> {
                  ran.add(1);
                  run.record(Steps.after(1));
                  reached.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    ran.add(2); // what is done already can still be recorded
                    run.record(Steps.after(2));
                    throw e;
                  }
                  throw new AssertionError("unreachable");
                }));
    UUID id = first.enqueue(Steps.request()).executionId();
    await(reached);
    first.stop(Duration.ZERO);
    Execution between = store().findExecutions(List.of(id)).get(0);
    assertThat(between.state()).isEqualTo(ExecutionState.PENDING);
    assertThat(between.checkpoint()).contains("2");

    Watch watch = new Watch();
    started(
        Steps.on(
            live("second").listener(watch),
            run -> {
              ran.add(Steps.next(run));
              assertThat(run.attempt()).isEqualTo(1);
              return HandlerResult.of(Outcome.succeeded(), Steps.after(3));
            }));
    watch.awaitEnded(1);
    assertThat(ran).containsExactly(1, 2, 3);
    assertThat(store().journal(id))
        .isEqualTo(List.of(Steps.entry(1), Steps.entry(2), Steps.entry(3)));
  }

  @Test
  void a_node_that_hangs_is_overtaken_from_the_last_boundary_and_can_record_no_other()
      throws Exception {
    TrigRun hung =
        open(
            Steps.on(
                manual().node("hung").lease(Duration.ofSeconds(30)),
                run -> {
                  run.record(Steps.after(1));
                  reached.countDown();
                  goOn.await();
                  try {
                    run.record(Steps.after(2).plus(Steps.enqueue(Steps.FOREIGN, run.now())));
                  } catch (LeaseLostException e) {
                    thrown.add(e.getClass());
                    throw e;
                  }
                  return HandlerResult.of(Outcome.succeeded("\"from the hung node\""));
                }));
    TrigRun other =
        open(
            Steps.on(
                manual().node("other"),
                run -> {
                  ran.add(Steps.next(run));
                  return HandlerResult.of(Outcome.succeeded("\"other\""), Steps.after(2));
                }));
    UUID id = hung.enqueue(Steps.request()).executionId();
    Thread zombie = new Thread(hung::runDue, "zombie");
    zombie.start();
    await(reached);
    clock.advance(Duration.ofSeconds(30));
    assertThat(driver(other).runDue()).isEqualTo(1);
    goOn.countDown();
    zombie.join();
    assertThat(thrown).containsExactly(LeaseLostException.class);
    assertThat(ran).containsExactly(2);
    assertThat(get(other, id).output()).contains("\"other\"");
    assertThat(store().journal(id)).isEqualTo(List.of(Steps.entry(1), Steps.entry(2)));
    assertThat(store().listExecutions(ExecutionQuery.all("default")).items()).hasSize(1);
  }

  @Test
  void a_cancelled_run_is_told_at_its_next_boundary_and_the_node_tells_once() throws Exception {
    Watch watch = new Watch();
    TrigRun elsewhere = open(live("elsewhere"));
    TrigRun node =
        started(
            Steps.on(
                live("node").listener(watch),
                run -> {
                  elsewhere.executions().cancel(run.executionId(), "not wanted any more");
                  try {
                    run.record(Steps.after(1));
                  } catch (LeaseLostException e) {
                    thrown.add(e.getClass());
                  }
                  return HandlerResult.of(Outcome.succeeded());
                }));
    UUID id = node.enqueue(Steps.request()).executionId();
    assertThat(watch.next(TrigRunEvent.LeaseLost.class).executionId()).isEqualTo(id);
    await("the run to end", () -> !thrown.isEmpty());
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.CANCELLED);
    node.stop(Duration.ofSeconds(5));
    assertThat(watch.all(TrigRunEvent.LeaseLost.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_boundary_waits_until_the_store_works_and_is_recorded_once(boolean grouped)
      throws Exception {
    Outage outage = new Outage(store());
    Watch watch = new Watch();
    TrigRun node =
        started(
            Steps.on(
                live("node").store(outage.store()).groupCompletions(grouped).listener(watch),
                run -> {
                  outage.begin("apply");
                  reached.countDown();
                  run.record(Steps.after(1));
                  outage.loseAcknowledgements("apply", 1);
                  run.record(Steps.after(2).plus(Steps.enqueue(Steps.FOREIGN, run.now())));
                  return HandlerResult.of(Outcome.succeeded(), Steps.after(3));
                }));
    UUID id = node.enqueue(Steps.request()).executionId();
    await(reached);
    await("a failure", () -> outage.failures() > 1);
    assertThat(store().journal(id)).isEmpty();
    outage.end();
    watch.awaitEnded(1);
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(store().journal(id))
        .isEqualTo(List.of(Steps.entry(1), Steps.entry(2), Steps.entry(3)));
    assertThat(store().listExecutions(ExecutionQuery.all("default")).items())
        .as("the run and one follow-up")
        .hasSize(2);
  }

  @Test
  void a_node_that_stops_while_the_store_is_down_waits_for_no_boundary() throws Exception {
    Outage outage = new Outage(store());
    TrigRun node =
        started(
            Steps.on(
                live("node").store(outage.store()).groupCompletions(false),
                run -> {
                  outage.begin("apply");
                  reached.countDown();
                  try {
                    return firstStep(run);
                  } catch (StoreException e) {
                    thrown.add(e.getClass());
                    throw e;
                  }
                }));
    UUID id = node.enqueue(Steps.request()).executionId();
    await(reached);
    node.stop(Duration.ZERO);
    await("the run to end", () -> !thrown.isEmpty());
    assertThat(store().journal(id)).isEmpty();
    assertThat(store().findExecutions(List.of(id)).get(0).state())
        .as("left to its lease")
        .isEqualTo(ExecutionState.RUNNING);
    assertThat(open(live("other")).executions().cancel(id, "so that nothing is left behind"))
        .isTrue();
  }

  private static HandlerResult firstStep(RunContext run) {
    run.record(Steps.after(1));
    return HandlerResult.of(Outcome.succeeded());
  }

  @Test
  void what_a_boundary_enqueues_starts_at_once_while_the_run_goes_on() throws Exception {
    CountDownLatch child = new CountDownLatch(1);
    Watch watch = new Watch();
    TrigRun node =
        started(
            Steps.on(
                live("node")
                    .pollInterval(Duration.ofMinutes(1))
                    .listener(watch)
                    .handler("child", Json.class, (payload, job) -> child.countDown()),
                run -> {
                  run.record(Steps.after(1).plus(Steps.enqueue("child", Instant.now())));
                  await(child);
                  return HandlerResult.of(Outcome.succeeded());
                }));
    UUID id = node.enqueue(Steps.request()).executionId();
    watch.awaitEnded(2);
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.SUCCEEDED);
  }
}
