package io.trigrun.examples.benchmarks.engine;

import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.workflow.Workflows;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** TrigRun's workflows: runs of three handler steps, of which the last does the work. */
final class TrigRunSteps implements Engine {

  private static final String QUEUE = "workflows";

  @Override
  public String name() {
    return "trigrun-steps";
  }

  @Override
  public int bestWorkers() {
    return 128;
  }

  @Override
  public double share() {
    return 1;
  }

  @Override
  public void createTables(DataSource dataSource) {
    JdbcJobStore.builder(dataSource).migrate(true).open().close();
  }

  @Override
  public Node open(NodeSetup setup) {
    JdbcJobStore store = JdbcJobStore.open(setup.dataSource());
    Workflows workflows =
        Workflows.builder()
            .handler("step", Integer.class, (number, step) -> number)
            .handler(
                "work",
                Integer.class,
                (number, step) -> {
                  setup.work().accept(number);
                  return number;
                })
            .build();
    TrigRun trigrun =
        TrigRun.builder()
            .store(store)
            .node(setup.name())
            .queue(QUEUE, setup.workers())
            .extension(workflows)
            .build();
    return new StepsNode(store, trigrun, workflows);
  }

  private record StepsNode(JdbcJobStore store, TrigRun trigrun, Workflows workflows)
      implements Node {

    private static final int ENQUEUERS = 10;

    private Job job() {
      return trigrun
          .jobs()
          .save(
              JobSpec.named("three-steps")
                  .action(
                      Workflow.of(
                          Step.handler("one", "step").input("\"{{trigger.body}}\""),
                          Step.handler("two", "step").input("\"{{steps.one.output}}\""),
                          Step.handler("three", "work").input("\"{{steps.two.output}}\"")))
                  .maxConcurrentExecutions(0)
                  .build());
    }

    @Override
    public void enqueue(int number) {
      var unused = workflows.runs().start(job().id(), Integer.toString(number));
    }

    /** There is no call for many: as many calls, by some threads. */
    @Override
    public void enqueueBatch(int first, int count) throws Exception {
      Job job = job();
      List<Callable<Object>> calls = new ArrayList<>();
      for (int number = first; number < first + count; number++) {
        String input = Integer.toString(number);
        calls.add(() -> workflows.runs().start(job.id(), input));
      }
      ExecutorService enqueuers = Executors.newFixedThreadPool(ENQUEUERS);
      try {
        for (Future<Object> call : enqueuers.invokeAll(calls)) {
          call.get();
        }
      } finally {
        enqueuers.shutdown();
      }
    }

    @Override
    public void scheduleBatch(int first, int count, Instant due) {
      throw new UnsupportedOperationException("expected nobody to measure runs in the future");
    }

    @Override
    public void start() {
      trigrun.start();
    }

    @Override
    public long unfinished() {
      long held = trigrun.health().inFlight().values().stream().mapToInt(each -> each).sum();
      return held > 0 ? held : live();
    }

    private long live() {
      return trigrun
          .executions()
          .list(all().states(ExecutionState.PENDING, ExecutionState.RUNNING).limit(1_000))
          .items()
          .size();
    }

    @Override
    public long stored() {
      return trigrun.executions().list(all().limit(1_000)).items().size();
    }

    private ExecutionQuery all() {
      return trigrun.executions().query().handler(Workflow.HANDLER);
    }

    @Override
    public void close() {
      trigrun.close();
      store.close();
    }
  }
}
