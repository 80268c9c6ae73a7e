package io.trigrun.examples.benchmarks.engine;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * db-scheduler, polling by lock-and-fetch with the thresholds that were its fastest: 1 and 4 times
 * the threads when they are few, 0.5 and 1 when they are many. Keeps no history.
 */
final class DbScheduler implements Engine {

  /** As its documentation gives it. */
  private static final String TABLES =
      """
      create table scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamp with time zone,
        picked boolean not null,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint not null,
        priority smallint,
        state text,
        primary key (task_name, task_instance)
      );
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      create index priority_execution_time_idx
        on scheduled_tasks (priority desc, execution_time asc);
      """;

  private final String name;
  private final int workers;

  private DbScheduler(String name, int workers) {
    this.name = name;
    this.workers = workers;
  }

  /** Many commits at once: the fastest, and by far where the disk is slow. */
  static DbScheduler withManyWorkers() {
    return new DbScheduler("db-scheduler", 50);
  }

  /** Fewer, which is as fast or a little faster where the disk is quick. */
  static DbScheduler withFewWorkers() {
    return new DbScheduler("db-scheduler-10", 10);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int bestWorkers() {
    return workers;
  }

  @Override
  public double share() {
    return 0.3;
  }

  @Override
  public void createTables(DataSource dataSource) throws SQLException {
    Sql.execute(dataSource, TABLES);
  }

  @Override
  public Node open(NodeSetup setup) {
    OneTimeTask<Void> task =
        Tasks.oneTime("work")
            .execute(
                (instance, context) -> setup.work().accept(Integer.parseInt(instance.getId())));
    SchedulerBuilder builder =
        Scheduler.create(setup.dataSource(), task)
            .schedulerName(new SchedulerName.Fixed(setup.name()))
            .threads(setup.workers());
    switch (setup.tuning()) {
      case THROUGHPUT -> lockAndFetch(builder, setup.workers());
      case LATENCY -> lockAndFetch(builder, setup.workers()).enableImmediateExecution();
      case DEFAULTS -> {}
    }
    return new DbSchedulerNode(setup.dataSource(), builder.build());
  }

  private static SchedulerBuilder lockAndFetch(SchedulerBuilder builder, int workers) {
    builder.pollingInterval(Duration.ofMillis(100));
    return workers < 30
        ? builder.pollUsingLockAndFetch(1, 4)
        : builder.pollUsingLockAndFetch(0.5, 1);
  }

  private record DbSchedulerNode(DataSource dataSource, Scheduler scheduler) implements Node {

    @Override
    public void enqueue(int number) {
      scheduler.schedule(instance(number), Instant.now());
    }

    @Override
    public void enqueueBatch(int first, int count) {
      scheduleBatch(first, count, Instant.now());
    }

    @Override
    public void scheduleBatch(int first, int count, Instant due) {
      List<TaskInstance<?>> instances =
          IntStream.range(first, first + count)
              .<TaskInstance<?>>mapToObj(DbSchedulerNode::instance)
              .toList();
      scheduler.scheduleBatch(instances, due);
    }

    private static TaskInstance<Void> instance(int number) {
      return new TaskInstance<>("work", Integer.toString(number));
    }

    @Override
    public long stored() throws SQLException {
      return Sql.number(dataSource, "select count(*) from scheduled_tasks");
    }

    @Override
    public void start() {
      scheduler.start();
    }

    @Override
    public long unfinished() throws SQLException {
      return Sql.number(
          dataSource,
          """
          select count(*) from (
            select 1 from scheduled_tasks where execution_time <= now() limit 1000) due
          """);
    }

    @Override
    public void close() {
      scheduler.stop();
    }
  }
}
