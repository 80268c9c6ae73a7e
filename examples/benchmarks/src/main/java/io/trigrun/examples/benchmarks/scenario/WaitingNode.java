package io.trigrun.examples.benchmarks.scenario;

import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.workflow.LinkKey;
import io.trigrun.workflow.Workflows;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node whose runs wait for a webhook and then run a handler. */
final class WaitingNode implements AutoCloseable {

  private static final String HOST = "https://jobs.example.com";
  private static final LinkKey KEY = LinkKey.random();
  private static final Pattern RESUME_URL = Pattern.compile(Pattern.quote(HOST) + "/v1([^\"]+)");

  private final HikariDataSource pool;
  private final JdbcJobStore store;
  private final TrigRun trigrun;
  private final Workflows workflows;
  private final InboundRoutes routes;
  private final UUID job;
  private final Map<UUID, CompletableFuture<Long>> started = new ConcurrentHashMap<>();
  private final AtomicInteger duplicates = new AtomicInteger();

  WaitingNode(Database database) {
    pool = database.pool();
    store = JdbcJobStore.open(pool);
    workflows =
        Workflows.builder()
            .links(HOST, KEY)
            .handler(
                "next",
                Integer.class,
                (number, step) -> {
                  if (!start(step.executionId()).complete(System.nanoTime())) {
                    duplicates.incrementAndGet();
                  }
                  return number;
                })
            .build();
    trigrun = TrigRun.builder().store(store).extension(workflows).build();
    routes = workflows.routes();
    job =
        trigrun
            .jobs()
            .save(
                JobSpec.named("waits")
                    .action(
                        Workflow.of(
                            Step.waitForWebhook("go"),
                            Step.handler("next", "next").input("\"{{trigger.body}}\"")))
                    .maxConcurrentExecutions(0)
                    .build())
            .id();
  }

  void start() {
    trigrun.start();
  }

  int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  UUID begin(int number) {
    return workflows.runs().start(job, Integer.toString(number)).id();
  }

  /** Waits until all runs wait; says how many do not, 1,000 at most. */
  int awaitParked(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    int moving = moving();
    while (moving > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
      moving = moving();
    }
    return moving;
  }

  private int moving() {
    ExecutionQuery query =
        trigrun
            .executions()
            .query()
            .states(ExecutionState.PENDING, ExecutionState.RUNNING)
            .limit(1_000);
    return trigrun.executions().list(query).items().size();
  }

  /** The path at which a run waits for its call. */
  String address(UUID run) {
    String payload = workflows.runs().find(run).orElseThrow().waits().get(0).payload().text();
    Matcher url = RESUME_URL.matcher(payload);
    if (!url.find()) {
      throw new IllegalStateException("expected a run that waits for a webhook, got another");
    }
    return url.group(1);
  }

  /** {@link System#nanoTime} at which the next step's handler has started. */
  long resume(UUID run) throws Exception {
    return call(run, address(run));
  }

  long call(UUID run, String address) throws Exception {
    InboundResponse response =
        routes
            .handle(InboundRequest.of("POST", address).withRemoteAddress("192.0.2.1"))
            .orElseThrow();
    if (response.status() != 200) {
      throw new IllegalStateException("expected the call to be taken, got " + response.status());
    }
    return start(run).get(1, TimeUnit.MINUTES);
  }

  private CompletableFuture<Long> start(UUID run) {
    return started.computeIfAbsent(run, unknown -> new CompletableFuture<>());
  }

  int duplicates() {
    return duplicates.get();
  }

  @Override
  public void close() {
    trigrun.close();
    store.close();
    pool.close();
  }
}
