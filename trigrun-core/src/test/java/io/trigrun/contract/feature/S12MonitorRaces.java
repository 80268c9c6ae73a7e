package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.TrigRun;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorState;
import io.trigrun.monitor.MonitorWithToken;
import io.trigrun.monitor.Ping;
import io.trigrun.monitor.PingResult;
import io.trigrun.monitor.PingSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S12 and section 16 of the style guide: ten nodes race, and each change is told exactly once. */
@Timeout(120)
public abstract class S12MonitorRaces extends FeatureTest {

  private static final int NODES = 10;
  private static final int MONITORS = 20;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final PingSource SOURCE = PingSource.of("192.0.2.1", "test");

  private final ExecutorService threads = Executors.newFixedThreadPool(NODES);
  private final Watch watch = new Watch();

  @AfterEach
  void end_the_threads() throws InterruptedException {
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  private List<TrigRun> nodes() {
    return IntStream.range(0, NODES)
        .mapToObj(i -> open(new MonitorNews().addTo(manual()).node("node-" + i).listener(watch)))
        .toList();
  }

  private List<MonitorWithToken> monitors(TrigRun node, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> node.monitors().create(MonitorSpec.of("m" + i, MINUTE)))
        .toList();
  }

  /** Each node does it at the same moment. */
  private <T> List<T> together(List<TrigRun> nodes, NodeAction<T> action)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(nodes.size());
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      int number = i;
      calls.add(
          () -> {
            start.await();
            return action.on(number, nodes.get(number));
          });
    }
    List<T> results = new ArrayList<>();
    for (Future<T> each : threads.invokeAll(calls)) {
      results.add(each.get());
    }
    return results;
  }

  @FunctionalInterface
  private interface NodeAction<T> {
    T on(int number, TrigRun node) throws Exception;
  }

  private static long count(TrigRun node, String what) {
    return MonitorNews.told(node).stream().filter(told -> told.startsWith(what)).count();
  }

  @Test
  void ten_nodes_tell_of_each_monitor_that_goes_down_and_recovers_once() throws Exception {
    List<TrigRun> nodes = nodes();
    TrigRun one = nodes.get(0);
    List<MonitorWithToken> monitors = monitors(one, MONITORS);
    clock.advance(MINUTE.multipliedBy(2));

    together(nodes, (number, node) -> node.runDue());
    assertThat(count(one, "DOWN")).isEqualTo(MONITORS);
    assertThat(watch.all(TrigRunEvent.MonitorDown.class)).hasSize(MONITORS);
    assertThat(monitors)
        .allSatisfy(
            each ->
                assertThat(one.monitors().find(each.monitor().id()).orElseThrow().state())
                    .isEqualTo(MonitorState.DOWN));

    together(
        nodes,
        (number, node) ->
            monitors.stream().allMatch(each -> node.ping(each.token(), SOURCE) == PingResult.UP));
    together(nodes, (number, node) -> node.runDue());
    assertThat(count(one, "RECOVERED")).isEqualTo(MONITORS);
    assertThat(watch.all(TrigRunEvent.MonitorRecovered.class)).hasSize(MONITORS);
    assertThat(count(one, "DOWN")).isEqualTo(MONITORS);
  }

  @Test
  void of_pings_and_checks_at_the_same_moment_either_comes_first() throws Exception {
    List<TrigRun> nodes = nodes();
    TrigRun one = nodes.get(0);
    List<MonitorWithToken> monitors = monitors(one, MONITORS);
    clock.advance(MINUTE.multipliedBy(2));

    together(
        nodes,
        (number, node) ->
            number % 2 == 0
                ? node.runDue().attempts()
                : (int)
                    monitors.stream()
                        .filter(each -> node.ping(each.token(), SOURCE) == PingResult.UP)
                        .count());
    together(nodes, (number, node) -> node.runDue());

    assertThat(monitors)
        .allSatisfy(
            each ->
                assertThat(one.monitors().find(each.monitor().id()).orElseThrow().state())
                    .isEqualTo(MonitorState.UP));
    assertThat(MonitorNews.told(one).stream().filter(told -> told.startsWith("DOWN")))
        .as("each at most once")
        .doesNotHaveDuplicates();
    assertThat(count(one, "RECOVERED")).isEqualTo(count(one, "DOWN"));
    clock.advance(MINUTE.multipliedBy(2));
    long before = count(one, "DOWN");
    together(nodes, (number, node) -> node.runDue());
    assertThat(count(one, "DOWN")).as("all are watched still").isEqualTo(before + MONITORS);
  }

  @Test
  void a_node_that_was_taken_for_dead_while_it_looked_tells_nothing() {
    MonitorNews slow = new MonitorNews();
    TrigRun first = open(slow.addTo(manual()).node("first").listener(watch));
    TrigRun second = open(new MonitorNews().addTo(manual()).node("second").listener(watch));
    MonitorWithToken monitor = monitors(first, 1).get(0);
    clock.advance(MINUTE.multipliedBy(2));
    slow.meanwhile(
        () -> {
          clock.advance(MINUTE); // longer than a lease
          assertThat(second.runDue().attempts()).isPositive();
        });

    assertThat(first.runDue().attempts()).isPositive();

    assertThat(MonitorNews.told(first)).containsExactly("DOWN m0");
    assertThat(watch.all(TrigRunEvent.MonitorDown.class)).hasSize(1);
    assertThat(first.monitors().find(monitor.monitor().id()).orElseThrow().state())
        .isEqualTo(MonitorState.DOWN);
  }

  @Test
  void pings_of_one_monitor_at_the_same_moment_are_all_recorded() throws Exception {
    List<TrigRun> nodes = nodes();
    TrigRun one = nodes.get(0);
    MonitorWithToken monitor = monitors(one, 1).get(0);

    List<Boolean> up =
        together(
            nodes,
            (number, node) ->
                IntStream.range(0, 10)
                    .allMatch(i -> node.ping(monitor.token(), SOURCE) == PingResult.UP));

    assertThat(up).containsOnly(true);
    assertThat(one.monitors().find(monitor.monitor().id()).orElseThrow().pings()).isEqualTo(100);
    assertThat(one.monitors().pings(monitor.monitor().id(), 1_000).items())
        .extracting(Ping::number)
        .containsExactlyElementsOf(LongStream.range(0, 100).mapToObj(i -> 100 - i).toList());
  }

  @Test
  void on_nodes_with_threads_it_is_told_once_as_well() throws Exception {
    List<TrigRun> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      nodes.add(started(new MonitorNews().addTo(live("live-" + i)).listener(watch)));
    }
    TrigRun one = nodes.get(0);
    List<MonitorWithToken> monitors =
        IntStream.range(0, 5)
            .mapToObj(
                i ->
                    one.monitors()
                        .create(new MonitorSpec("m" + i, Duration.ofSeconds(1), Duration.ZERO)))
            .toList();
    for (int i = 0; i < monitors.size(); i++) {
      assertThat(watch.next(TrigRunEvent.MonitorDown.class).monitor().state())
          .isEqualTo(MonitorState.DOWN);
    }

    assertThat(count(one, "DOWN")).isEqualTo(monitors.size());
    for (TrigRun node : nodes) {
      node.close();
    }
    together(
        nodes,
        (number, node) ->
            monitors.stream().allMatch(each -> node.ping(each.token(), SOURCE) == PingResult.UP));
    assertThat(count(one, "RECOVERED")).isEqualTo(monitors.size());
    assertThat(count(one, "DOWN")).isEqualTo(monitors.size());
    assertThat(watch.all(TrigRunEvent.MonitorDown.class)).hasSize(monitors.size());
  }
}
