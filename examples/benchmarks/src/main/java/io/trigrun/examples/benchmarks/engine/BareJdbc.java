package io.trigrun.examples.benchmarks.engine;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * What JDBC can do when nothing else is done: every worker claims a batch, runs it, deletes it. No
 * history, no retries, no leases: what all engines are compared with, not an engine.
 */
final class BareJdbc implements Engine {

  static final String TABLES =
      """
      create table work (
        id bigint generated always as identity primary key,
        number int not null,
        due_at timestamptz not null,
        claimed boolean not null default false
      );
      create index work_due on work (due_at, id) where not claimed;
      """;

  private static final String INSERT =
      """
      insert into work (number, due_at)
      select number, ? from generate_series(?, ?) number
      """;
  private static final String CLAIM =
      """
      with due as materialized (
        select id from work where not claimed and due_at <= now()
        order by due_at, id limit ? for update skip locked)
      update work set claimed = true from due where work.id = due.id
      returning work.id, work.number
      """;
  private static final String DELETE = "delete from work where id = any(?)";

  private final int batch;

  /** With a number of executions that a worker takes at once. */
  BareJdbc(int batch) {
    this.batch = batch;
  }

  @Override
  public String name() {
    return "bare-jdbc";
  }

  @Override
  public int bestWorkers() {
    return 10;
  }

  @Override
  public double share() {
    return 1.5;
  }

  @Override
  public void createTables(DataSource dataSource) throws SQLException {
    Sql.execute(dataSource, TABLES);
  }

  @Override
  public Node open(NodeSetup setup) {
    return new BareNode(setup, batch);
  }

  private static final class BareNode implements Node {

    private final NodeSetup setup;
    private final int batch;
    private final ExecutorService workers;
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean closed;

    BareNode(NodeSetup setup, int batch) {
      this.setup = setup;
      this.batch = batch;
      this.workers = Executors.newFixedThreadPool(setup.workers());
    }

    @Override
    public void enqueue(int number) throws SQLException {
      enqueueBatch(number, 1);
    }

    @Override
    public void enqueueBatch(int first, int count) throws SQLException {
      scheduleBatch(first, count, Instant.now());
    }

    @Override
    public void scheduleBatch(int first, int count, Instant due) throws SQLException {
      try (Connection connection = setup.dataSource().getConnection();
          PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setObject(1, OffsetDateTime.ofInstant(due, ZoneOffset.UTC));
        insert.setInt(2, first);
        insert.setInt(3, first + count - 1);
        insert.executeUpdate();
      }
    }

    @Override
    public long stored() throws SQLException {
      return Sql.number(setup.dataSource(), "select count(*) from work");
    }

    @Override
    public void start() {
      for (int i = 0; i < setup.workers(); i++) {
        running.add(workers.submit(this::work));
      }
    }

    private Void work() throws SQLException {
      while (!closed) {
        try (Connection connection = setup.dataSource().getConnection()) {
          if (!runBatch(connection)) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
          }
        }
      }
      return null;
    }

    private boolean runBatch(Connection connection) throws SQLException {
      List<Long> ids = new ArrayList<>(batch);
      List<Integer> numbers = new ArrayList<>(batch);
      try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
        claim.setInt(1, batch);
        try (ResultSet rows = claim.executeQuery()) {
          while (rows.next()) {
            ids.add(rows.getLong(1));
            numbers.add(rows.getInt(2));
          }
        }
      }
      if (ids.isEmpty()) {
        return false;
      }
      numbers.forEach(setup.work()::accept);
      try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
        Array claimed = connection.createArrayOf("bigint", ids.toArray());
        delete.setArray(1, claimed);
        delete.executeUpdate();
      }
      return true;
    }

    @Override
    public long unfinished() throws SQLException {
      return Sql.number(
          setup.dataSource(),
          "select count(*) from (select 1 from work where due_at <= now() limit 1000) due");
    }

    @Override
    public void close() {
      closed = true;
      workers.shutdown();
      try {
        for (Future<?> each : running) {
          each.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a worker failed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
