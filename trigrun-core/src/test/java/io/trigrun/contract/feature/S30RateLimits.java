package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ExecutionRequest;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.RateLimit;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.contract.RateWindow;
import io.trigrun.http.HttpAction;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S30: rate limits of a job, a handler and a target host, in the whole cluster. */
@Timeout(120)
public abstract class S30RateLimits extends FeatureTest {

  private static final RateLimit THREE_A_SECOND = RateLimit.of(3, Duration.ofSeconds(1));

  private final Queue<Instant> starts = new ConcurrentLinkedQueue<>();

  private TrigRun byHand(RateLimit limit) {
    return open(
        manual()
            .handler("work", Json.class, (payload, job) -> starts.add(clock.instant()))
            .rateLimitPerHandler("work", limit));
  }

  private static List<UUID> enqueue(TrigRun trigrun, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId())
        .toList();
  }

  @Test
  void what_is_over_the_limit_waits_for_its_turn_and_takes_no_attempt() {
    TrigRun trigrun = byHand(THREE_A_SECOND);
    TrigRunDriver driver = driver(trigrun);
    List<UUID> ids = enqueue(trigrun, 8);

    driver.runDue();

    assertThat(starts).hasSize(3);
    assertThat(ids.subList(3, 8))
        .allSatisfy(
            id -> {
              assertThat(get(trigrun, id).state()).isEqualTo(PENDING);
              assertThat(get(trigrun, id).attempt()).isZero();
              assertThat(trigrun.executions().attempts(id)).isEmpty();
            });
    assertThat(get(trigrun, ids.get(3)).dueAt()).isEqualTo(START.plusSeconds(1));
    assertThat(get(trigrun, ids.get(7)).dueAt()).isEqualTo(START.plusSeconds(2));

    driver.advance(Duration.ofSeconds(1));
    assertThat(starts).hasSize(6);
    driver.advance(Duration.ofSeconds(1));

    assertThat(ids)
        .allSatisfy(
            id -> {
              assertThat(stateOf(trigrun, id)).isEqualTo(SUCCEEDED);
              assertThat(get(trigrun, id).attempt()).isEqualTo(1);
            });
  }

  @Test
  void a_job_has_a_limit_of_its_own_that_is_saved_with_it() {
    TrigRun trigrun =
        open(manual().handler("work", Json.class, (payload, job) -> starts.add(clock.instant())));
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("limited")
                    .handler("work")
                    .rateLimit(RateLimit.of(1, Duration.ofMinutes(1)))
                    .build());
    assertThat(trigrun.jobs().find(job.id()).orElseThrow().spec().rateLimit())
        .contains(RateLimit.of(1, Duration.ofMinutes(1)));
    for (int i = 0; i < 3; i++) {
      assertThat(trigrun.jobs().runNow(job.id())).isNotNull();
    }
    assertThat(enqueue(trigrun, 2)).hasSize(2);

    driver(trigrun).runDue();
    assertThat(starts).as("one of the job, two that are not the job's").hasSize(3);

    driver(trigrun).advance(Duration.ofMinutes(2));
    assertThat(starts).hasSize(5).endsWith(START.plusSeconds(60), START.plusSeconds(120));
  }

  @Test
  void calls_to_a_host_are_limited_whatever_job_they_are_of() {
    Target target = closing(new Target());
    TrigRun trigrun =
        open(
            manual()
                .rateLimitPerHost(RateLimit.of(1, Duration.ofHours(1)))
                .rateLimitPerHost("127.0.0.1", RateLimit.of(2, Duration.ofSeconds(10))));
    for (int i = 0; i < 5; i++) {
      Job job =
          trigrun
              .jobs()
              .create(
                  JobSpec.named("call " + i)
                      .action(HttpAction.get(target.url("/" + i)).build())
                      .build());
      assertThat(trigrun.jobs().runNow(job.id())).isNotNull();
    }

    driver(trigrun).runDue();
    assertThat(target.requests()).hasSize(2);
    driver(trigrun).advance(Duration.ofSeconds(10));
    assertThat(target.requests()).hasSize(4);
    driver(trigrun).advance(Duration.ofSeconds(10));
    assertThat(target.requests()).hasSize(5);
  }

  @Test
  void three_nodes_together_start_no_more_than_the_limit_and_lose_nothing() throws Exception {
    int many = 100;
    Duration per = Duration.ofMillis(500);
    CountDownLatch done = new CountDownLatch(many);
    List<TrigRun> nodes =
        List.of("one", "two", "three").stream()
            .map(
                name -> {
                  TrigRunBuilder node =
                      live(name)
                          .queue("default", 8)
                          .handler(
                              "work",
                              Json.class,
                              (payload, job) -> {
                                starts.add(Instant.now());
                                done.countDown();
                              })
                          .rateLimitPerHandler("work", RateLimit.of(20, per));
                  return started(node);
                })
            .toList();
    for (TrigRun node : nodes) {
      assertThat(
              node.enqueue(
                  IntStream.range(0, many / 3 + 1)
                      .mapToObj(i -> ExecutionRequest.of("work", Json.EMPTY_OBJECT))
                      .toList()))
          .hasSize(many / 3 + 1);
    }

    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    for (TrigRun node : nodes) {
      node.close();
    }

    assertThat(RateWindow.most(List.copyOf(starts), per)).isBetween(10, 20);
    Map<ExecutionState, Long> states =
        nodes
            .get(0)
            .executions()
            .list(nodes.get(0).executions().query().limit(1_000))
            .items()
            .stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    io.trigrun.Execution::state, java.util.stream.Collectors.counting()));
    assertThat(states)
        .hasSizeBetween(1, 2)
        .hasEntrySatisfying(SUCCEEDED, n -> assertThat(n).isGreaterThanOrEqualTo(many));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> RateLimit.of(0, Duration.ofDays(2)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("rate_limit.limit: expected 1 to 1,000,000, got 0")
        .hasMessageContaining("rate_limit.per_seconds: expected 0.1 to 86,400 seconds, got PT48H");
    assertThatThrownBy(() -> manual().rateLimitPerHost("https://a.example", THREE_A_SECOND))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("rate_limit.host: expected a host");
    assertThatThrownBy(() -> manual().rateLimitPerHandler("wrok", THREE_A_SECOND).build())
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("rate_limit.handler")
        .hasMessageContaining("wrok");
  }
}
