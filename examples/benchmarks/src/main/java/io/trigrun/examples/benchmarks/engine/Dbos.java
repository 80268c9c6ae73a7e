package io.trigrun.examples.benchmarks.engine;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.DBOSClient;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowClassName;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import javax.sql.DataSource;

/**
 * DBOS Transact: a queue of workflows, polled every 10 ms. Keeps all workflows and steps.
 *
 * @param name what it is called
 * @param steps how many steps a workflow has, of which the last does the work; 0 for no steps
 * @param share see {@link Engine#share}
 */
record Dbos(String name, int steps, double share) implements Engine {

  /** Workflows without steps. */
  static Dbos plain() {
    return new Dbos("dbos", 0, 0.035);
  }

  /** Workflows of three steps. */
  static Dbos withSteps() {
    return new Dbos("dbos-steps", 3, 0.2);
  }

  private static final String QUEUE = "work";
  private static final String CLASS = "Work";
  private static final String METHOD = "run";

  @Override
  public int bestWorkers() {
    return 50;
  }

  @Override
  public void createTables(DataSource dataSource) {
    try (DBOS dbos = new DBOS(config(dataSource, "tables").withMigrate(true))) {
      dbos.launch();
    }
  }

  private static DBOSConfig config(DataSource dataSource, String node) {
    return DBOSConfig.defaults("bench")
        .withDataSource(dataSource)
        .withExecutorId(node)
        .withAppVersion("1");
  }

  @Override
  public Node open(NodeSetup setup) {
    DBOS dbos = new DBOS(config(setup.dataSource(), setup.name()).withMigrate(false));
    Queue queue = new Queue(QUEUE).withWorkerConcurrency(setup.workers());
    dbos.registerQueue(
        setup.tuning() == NodeSetup.Tuning.DEFAULTS
            ? queue
            : queue.withPollingInterval(Duration.ofMillis(10)));
    Work unused = dbos.registerProxy(Work.class, new Counted(dbos, steps, setup.work()));
    return new DbosNode(setup.dataSource(), dbos, new DBOSClient(setup.dataSource()));
  }

  /** The workflow. */
  public interface Work {
    void run(int number);
  }

  /** What it does. */
  @WorkflowClassName(CLASS)
  public record Counted(DBOS dbos, int steps, IntConsumer work) implements Work {
    @Override
    @Workflow(name = METHOD)
    public void run(int number) {
      for (int step = 1; step < steps; step++) {
        int each = step;
        Integer unused = dbos.runStep(() -> each, "step-" + step);
      }
      if (steps == 0) {
        work.accept(number);
      } else {
        dbos.runStep(() -> work.accept(number), "work");
      }
    }
  }

  private record DbosNode(DataSource dataSource, DBOS dbos, DBOSClient client) implements Node {

    private static final int ENQUEUERS = 10;

    @Override
    public void enqueue(int number) {
      enqueue(number, options());
    }

    private void enqueue(int number, DBOSClient.EnqueueOptions options) {
      var unused = client.enqueueWorkflow(options, new Object[] {number});
    }

    private static DBOSClient.EnqueueOptions options() {
      return new DBOSClient.EnqueueOptions(METHOD, QUEUE).withClassName(CLASS);
    }

    /** There is no call for many: as many calls, by some threads. */
    @Override
    public void enqueueBatch(int first, int count) throws Exception {
      enqueueEach(first, count, options());
    }

    @Override
    public void scheduleBatch(int first, int count, Instant due) throws Exception {
      enqueueEach(first, count, options().withDelay(Duration.between(Instant.now(), due)));
    }

    private void enqueueEach(int first, int count, DBOSClient.EnqueueOptions options)
        throws Exception {
      List<Callable<Object>> calls = new ArrayList<>();
      for (int number = first; number < first + count; number++) {
        int each = number;
        calls.add(Executors.callable(() -> enqueue(each, options)));
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
    public long stored() throws SQLException {
      return Sql.number(dataSource, "select count(*) from dbos.workflow_status");
    }

    @Override
    public void start() {
      dbos.launch();
    }

    @Override
    public long unfinished() throws SQLException {
      return Sql.number(
          dataSource,
          """
          select count(*) from (
            select 1 from dbos.workflow_status
            where status in ('ENQUEUED', 'PENDING') limit 1000) due
          """);
    }

    @Override
    public void close() {
      client.close();
      dbos.shutdown();
    }
  }
}
