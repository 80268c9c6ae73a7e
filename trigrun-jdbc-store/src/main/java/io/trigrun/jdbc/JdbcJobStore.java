package io.trigrun.jdbc;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Page;
import io.trigrun.QueueBacklog;
import io.trigrun.StoreSession;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DueListener;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.Lease;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.PurgeRequest;
import io.trigrun.spi.RateReservation;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Subscription;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WakeResult;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Keeps everything in a relational database: PostgreSQL, MariaDB, MySQL or H2. Several processes
 * may share the database and are the nodes of a cluster then.
 *
 * <pre>{@code
 * JobStore store = JdbcJobStore.embedded(Path.of("data/trigrun")); // a file of its own
 * JobStore store = JdbcJobStore.open(dataSource); // the host's database
 * }</pre>
 *
 * <p>Every operation takes one connection of the data source and gives it back; calls within a
 * {@link JdbcSession} take none. A commit is as durable as the database makes it; the scripts set
 * H2 to {@code WRITE_DELAY 0}, so that a commit survives the end of the process.
 */
public final class JdbcJobStore implements JobStore {

  private final Database database;
  private final Hints hints;
  private final RateTurns rates;
  private final BulkWrites bulk;
  private final BulkClaims claims;
  private final Runnable onClose;

  private JdbcJobStore(Database database, Hints hints, boolean endsEach, Runnable onClose) {
    this.database = database;
    this.hints = hints;
    this.rates = new RateTurns(database);
    this.bulk = new BulkWrites(database, endsEach);
    this.claims = new BulkClaims(database, hints);
    this.onClose = onClose;
  }

  /**
   * A store in tables with default names.
   *
   * @throws IllegalStateException if the tables are missing or out of date; says what to do
   * @throws StoreException if the database is out of reach
   */
  public static JdbcJobStore open(DataSource dataSource) {
    return builder(dataSource).open();
  }

  /** A store with other names, or one that creates its tables. */
  public static Builder builder(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /**
   * A store in an H2 database of its own, a file that is created if need be. Needs {@code
   * com.h2database:h2} on the class path. One process at a time has the file; {@link #close} closes
   * it.
   *
   * @param file without the extension {@code .mv.db}, which H2 adds
   */
  public static JdbcJobStore embedded(Path file) {
    JdbcConnectionPool pool = EmbeddedH2.open(file);
    try {
      return builder(pool).migrate(true).open(pool::dispose);
    } catch (RuntimeException e) {
      pool.dispose();
      throw e;
    }
  }

  /**
   * Where it keeps everything: of an {@linkplain #embedded embedded} store the database that a host
   * may put its own tables into, so that {@link JdbcSession} joins both in one transaction.
   */
  public DataSource dataSource() {
    return database.dataSource();
  }

  /** Opens a {@link JdbcJobStore}. */
  public static final class Builder {

    private final DataSource dataSource;
    private String tablePrefix = TableNames.DEFAULT_PREFIX;
    private Optional<String> schema = Optional.empty();
    private boolean migrate;
    private boolean listen = true;

    private Builder(DataSource dataSource) {
      this.dataSource = dataSource;
    }

    /**
     * What the names of all tables and indexes start with: a letter, then up to 29 letters, digits
     * and underscores. Default: {@code trigrun_}.
     *
     * @throws io.trigrun.validation.ValidationException if it is not of this form
     */
    public Builder tablePrefix(String prefix) {
      tablePrefix = new TableNames(prefix, schema).prefix();
      return this;
    }

    /**
     * The schema that the tables are in, which must exist; of the same form. On MariaDB and MySQL a
     * schema is a database. Default: the connection's own.
     *
     * @throws io.trigrun.validation.ValidationException if it is not of this form
     */
    public Builder schema(String name) {
      schema = new TableNames(tablePrefix, Optional.of(name)).schema();
      return this;
    }

    /**
     * Whether {@link #open} creates and updates the tables, as {@link Schema#migrate} does.
     * Default: no, it only looks whether they are there.
     */
    public Builder migrate(boolean wanted) {
      migrate = wanted;
      return this;
    }

    /**
     * Whether nodes tell each other of what they store, so that it starts at once and not at the
     * next poll; on PostgreSQL, by {@code LISTEN} and {@code NOTIFY}. A node that listens keeps one
     * connection of the data source for as long as it runs. Turn it off where the pool can't spare
     * one, behind PgBouncer in transaction mode, and where transactions of the host are prepared
     * for a two-phase commit or commit hundreds of times a second with work enqueued in them: those
     * that notify commit one after another. Default: yes.
     */
    public Builder listen(boolean wanted) {
      listen = wanted;
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws IllegalStateException if the tables are missing or out of date; says what to do
     * @throws StoreException if the database is out of reach
     */
    public JdbcJobStore open() {
      return open(() -> {});
    }

    JdbcJobStore open(Runnable onClose) {
      TableNames names = new TableNames(tablePrefix, schema);
      if (migrate) {
        Schema.migrate(dataSource, names);
      }
      Schema.verify(dataSource, names);
      Home home = home(names);
      Hints hints =
          listen && home.dialect().notifies()
              ? Hints.throughDatabase(dataSource, home.dialect(), names)
              : Hints.withinProcess();
      boolean endsEach = home.dialect().worksInBulk() && Schema.endsEach(dataSource, names);
      Database database = new Database(dataSource, home, names, hints);
      return new JdbcJobStore(database, hints, endsEach, onClose);
    }

    private Home home(TableNames names) {
      try (Connection connection = dataSource.getConnection()) {
        Home home = Home.of(connection, names);
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
        return home;
      } catch (SQLException e) {
        throw StoreException.unavailable("expected to learn which database it is, could not", e);
      }
    }
  }

  @Override
  public WriteResult write(StoreSession session, WriteSet writes) {
    return database.worksInBulk() && writes.definitions().isEmpty() && writes.cancel().isEmpty()
        ? new WriteResult.Stored(enqueue(session, writes.enqueue()), List.of())
        : within(session, transaction -> WriteOperation.run(transaction, writes));
  }

  private List<Enqueued> enqueue(StoreSession session, List<NewExecution> executions) {
    return session == StoreSession.own()
        ? bulk.enqueue(executions)
        : within(session, transaction -> new BulkEnqueue(transaction).run(executions));
  }

  private <T> T within(StoreSession session, Database.Work<T> work) {
    if (session == StoreSession.own()) {
      return database.run(work);
    }
    if (session instanceof JdbcSession joined) {
      return database.join(joined.connection(), work);
    }
    throw new IllegalArgumentException(
        "expected JdbcSession.of(connection) or StoreSession.own(), got "
            + session.getClass().getName());
  }

  @Override
  public Claim claim(ClaimRequest request) {
    return database.worksInBulk()
        ? claims.run(request)
        : database.run(transaction -> new ClaimOperation(transaction, request).run());
  }

  @Override
  public List<Applied> apply(StoreSession session, List<Transition> transitions) {
    if (transitions.isEmpty()) {
      return List.of();
    }
    if (!database.worksInBulk()) {
      return within(session, transaction -> ApplyOperation.run(transaction, transitions));
    }
    return session == StoreSession.own()
        ? bulk.apply(transitions)
        : within(session, transaction -> BulkApply.run(transaction, transitions));
  }

  @Override
  public List<Lease> extendLeases(List<Lease> leases, Instant until) {
    Instant end = until.truncatedTo(ChronoUnit.MICROS);
    return leases.isEmpty()
        ? List.of()
        : database.worksInBulk()
            ? database.runStatement(transaction -> BulkExtend.run(transaction, leases, end))
            : database.run(transaction -> ExtendOperation.run(transaction, leases, end));
  }

  @Override
  public WakeResult wake(WakeUp wakeUp) {
    return database.run(transaction -> WakeOperation.run(transaction, wakeUp));
  }

  @Override
  public boolean revive(UUID executionId, Instant dueAt) {
    Instant due = dueAt.truncatedTo(ChronoUnit.MICROS);
    return database.run(transaction -> ReviveOperation.run(transaction, executionId, due));
  }

  @Override
  public List<Instant> reserve(List<RateReservation> reservations) {
    return reservations.isEmpty() ? List.of() : rates.reserve(reservations);
  }

  @Override
  public int purge(PurgeRequest request) {
    return database.run(transaction -> PurgeOperation.run(transaction, request));
  }

  @Override
  public List<Execution> findExecutions(Collection<UUID> ids) {
    return database.read(transaction -> Executions.find(transaction, ids));
  }

  @Override
  public Page<Execution> listExecutions(ExecutionQuery query) {
    return database.read(transaction -> Executions.list(transaction, query));
  }

  @Override
  public List<Attempt> attempts(UUID executionId) {
    return database.read(transaction -> new AttemptLog(transaction).read(executionId));
  }

  @Override
  public List<JournalEntry> journal(UUID executionId) {
    return database.read(transaction -> JournalLog.read(transaction, executionId));
  }

  @Override
  public List<WakeUp> wakeUps(UUID executionId) {
    return database.read(transaction -> Wakes.open(transaction, executionId));
  }

  @Override
  public Optional<WakeUp> winner(UUID executionId, String waitKey) {
    return database.read(transaction -> new Wakes(transaction).winner(executionId, waitKey));
  }

  @Override
  public List<Definition> findDefinitions(Collection<UUID> ids) {
    return database.read(transaction -> Definitions.find(transaction, ids));
  }

  @Override
  public Optional<Definition> findDefinitionByName(String workspace, String kind, String name) {
    return database.read(transaction -> Definitions.findByName(transaction, workspace, kind, name));
  }

  @Override
  public Optional<Definition> findDefinitionByKey(String kind, String lookupKey) {
    return database.read(transaction -> Definitions.findByKey(transaction, kind, lookupKey));
  }

  @Override
  public Page<Definition> listDefinitions(DefinitionQuery query) {
    return database.read(transaction -> Definitions.list(transaction, query));
  }

  @Override
  public long revision() {
    return database.read(Revision::read);
  }

  @Override
  public List<QueueBacklog> backlog(Collection<String> queues, Instant now, int most) {
    Instant cut = now.truncatedTo(ChronoUnit.MICROS);
    return database.read(transaction -> Backlogs.read(transaction, queues, cut, most));
  }

  @Override
  public Optional<Instant> now() {
    return database.read(
        transaction ->
            transaction.first(
                transaction.dialect().now(), Transaction.Binding.NONE, Columns::instant));
  }

  @Override
  public Subscription subscribe(DueListener listener) {
    return hints.subscribe(listener);
  }

  @Override
  public void close() {
    hints.close();
    onClose.run();
  }
}
