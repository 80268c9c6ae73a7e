package io.trigrun.examples.benchmarks.engine;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz's clustered JDBC store; it takes as many triggers at once as it has threads. One durable
 * job, a trigger for each execution. Keeps no history.
 */
final class QuartzEngine implements Engine {

  private static final String INSTANCE = "bench";
  private static final JobDetail JOB =
      JobBuilder.newJob(Work.class).withIdentity("work").storeDurably().build();

  @Override
  public String name() {
    return "quartz";
  }

  @Override
  public int bestWorkers() {
    return 50;
  }

  @Override
  public double share() {
    return 0.015;
  }

  @Override
  public void createTables(DataSource dataSource) throws SQLException, IOException {
    Sql.execute(dataSource, Sql.resource("/org/quartz/impl/jdbcjobstore/tables_postgres.sql"));
  }

  @Override
  public Node open(NodeSetup setup) throws SchedulerException {
    DBConnectionManager.getInstance()
        .addConnectionProvider(setup.name(), new Lent(setup.dataSource()));
    Scheduler scheduler = new StdSchedulerFactory(properties(setup)).getScheduler();
    // It takes a second node of the name in this JVM for the first one otherwise.
    var unused = SchedulerRepository.getInstance().remove(INSTANCE);
    scheduler.setJobFactory((bundle, caller) -> new Work(setup.work()));
    scheduler.addJob(JOB, true);
    return new QuartzNode(setup.dataSource(), scheduler);
  }

  private static Properties properties(NodeSetup setup) {
    String threads = Integer.toString(setup.workers());
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "org.quartz.scheduler.instanceName",
            INSTANCE,
            "org.quartz.scheduler.instanceId",
            setup.name(),
            "org.quartz.threadPool.threadCount",
            threads,
            "org.quartz.jobStore.class",
            "org.quartz.impl.jdbcjobstore.JobStoreTX",
            "org.quartz.jobStore.driverDelegateClass",
            "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate",
            "org.quartz.jobStore.isClustered",
            "true",
            "org.quartz.jobStore.dataSource",
            setup.name(),
            // What waits in the queue is not a misfire.
            "org.quartz.jobStore.misfireThreshold",
            "86400000"));
    if (setup.tuning() != NodeSetup.Tuning.DEFAULTS) {
      properties.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", threads);
      properties.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
      properties.setProperty("org.quartz.scheduler.idleWaitTime", "5000"); // least recommended
    }
    return properties;
  }

  /** A pool that Quartz may use and not close. */
  private record Lent(DataSource dataSource) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return dataSource.getConnection();
    }

    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
  }

  /** What an execution does; its number is its trigger's name. */
  public record Work(IntConsumer work) implements Job {
    @Override
    public void execute(org.quartz.JobExecutionContext context) {
      work.accept(Integer.parseInt(context.getTrigger().getKey().getName()));
    }
  }

  private record QuartzNode(DataSource dataSource, Scheduler scheduler) implements Node {

    @Override
    public void enqueue(int number) throws SchedulerException {
      scheduler.scheduleJob(trigger(number, Instant.now()));
    }

    @Override
    public void enqueueBatch(int first, int count) throws SchedulerException {
      scheduleBatch(first, count, Instant.now());
    }

    @Override
    public void scheduleBatch(int first, int count, Instant due) throws SchedulerException {
      Set<Trigger> triggers =
          IntStream.range(first, first + count)
              .mapToObj(number -> trigger(number, due))
              .collect(Collectors.toSet());
      scheduler.scheduleJobs(Map.of(JOB, triggers), true);
    }

    private static Trigger trigger(int number, Instant due) {
      return TriggerBuilder.newTrigger()
          .withIdentity(Integer.toString(number))
          .forJob(JOB)
          .startAt(Date.from(due))
          .build();
    }

    @Override
    public long stored() throws SQLException {
      return Sql.number(dataSource, "select count(*) from qrtz_triggers");
    }

    @Override
    public void start() throws SchedulerException {
      scheduler.start();
    }

    @Override
    public long unfinished() throws SQLException {
      long now = System.currentTimeMillis();
      return Sql.number(
          dataSource,
          """
          select (select count(*) from qrtz_fired_triggers) + (select count(*) from (
            select 1 from qrtz_triggers where next_fire_time <= %d limit 1000) due)
          """
              .formatted(now));
    }

    @Override
    public void close() {
      try {
        scheduler.shutdown(true);
      } catch (SchedulerException e) {
        throw new IllegalStateException("Quartz did not stop", e);
      }
    }
  }
}
