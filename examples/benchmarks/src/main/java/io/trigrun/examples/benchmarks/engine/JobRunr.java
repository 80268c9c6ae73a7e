package io.trigrun.examples.benchmarks.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobBuilder;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

/** JobRunr's open-source edition, polling as often as it may. Keeps succeeded jobs for a while. */
final class JobRunr implements Engine {

  private static final Duration SHORTEST_POLL = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "jobrunr";
  }

  @Override
  public int bestWorkers() {
    return 50;
  }

  @Override
  public double share() {
    return 0.1;
  }

  @Override
  public void createTables(DataSource dataSource) {
    new PostgresStorageProvider(dataSource).close();
  }

  @Override
  public Node open(NodeSetup setup) {
    JsonMapper json = new Jackson3JsonMapper();
    PostgresStorageProvider storage = new PostgresStorageProvider(setup.dataSource());
    storage.setJobMapper(new JobMapper(json));
    BackgroundJobServerConfiguration configuration =
        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
            .andId(UUID.randomUUID())
            .andName(setup.name())
            .andWorkerCount(setup.workers())
            .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(Duration.ofSeconds(1));
    if (setup.tuning() != NodeSetup.Tuning.DEFAULTS) {
      configuration.andPollInterval(SHORTEST_POLL);
    }
    return new JobRunrNode(
        setup.dataSource(),
        new JobRequestScheduler(storage),
        storage,
        new BackgroundJobServer(storage, json, activator(setup.work()), configuration));
  }

  private static JobActivator activator(IntConsumer work) {
    return new JobActivator() {
      @Override
      public <T> T activateJob(Class<T> type) {
        return type.cast(new Handler(work));
      }
    };
  }

  /** An execution. */
  public record Request(int number) implements JobRequest {
    @Override
    public Class<Handler> getJobRequestHandler() {
      return Handler.class;
    }
  }

  /** What runs it. */
  public record Handler(IntConsumer work) implements JobRequestHandler<Request> {
    @Override
    public void run(Request request) {
      work.accept(request.number());
    }
  }

  private record JobRunrNode(
      DataSource dataSource,
      JobRequestScheduler scheduler,
      PostgresStorageProvider storage,
      BackgroundJobServer server)
      implements Node {

    @Override
    public void enqueue(int number) {
      scheduler.enqueue(new Request(number));
    }

    @Override
    public void enqueueBatch(int first, int count) {
      scheduler.enqueue(IntStream.range(first, first + count).mapToObj(Request::new));
    }

    @Override
    public void scheduleBatch(int first, int count, Instant due) {
      scheduler.create(
          IntStream.range(first, first + count)
              .mapToObj(
                  number -> JobBuilder.aJob().scheduleAt(due).withJobRequest(new Request(number))));
    }

    @Override
    public long stored() throws SQLException {
      return Sql.number(dataSource, "select count(*) from jobrunr_jobs");
    }

    @Override
    public void start() {
      server.start();
    }

    @Override
    public long unfinished() throws SQLException {
      return Sql.number(
          dataSource,
          """
          select count(*) from (
            select 1 from jobrunr_jobs where state in ('ENQUEUED', 'PROCESSING') limit 1000) due
          """);
    }

    @Override
    public void close() {
      server.stop();
      storage.close();
    }
  }
}
