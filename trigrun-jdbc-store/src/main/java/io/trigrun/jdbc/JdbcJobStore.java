package io.trigrun.jdbc;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Page;
import io.trigrun.StoreSession;
import io.trigrun.jdbc.dialect.Dialect;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DueListener;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JobStore;
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
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** More calls at once would be smaller ones. */
  private static final int ENQUEUES_AT_ONCE = 2;

  private static final int ENDS_AT_ONCE = 3;

  /** In characters: with longer texts a call of its own matters little. */
  private static final int LONGEST_SHARED = 10_000;

  private final Database database;
  private final Hints hints;
  private final RateTurns rates;
  private final SharedCalls<NewExecution, Enqueued> singleEnqueues;
  private final SharedCalls<Transition, Boolean> singleEnds;
  private final Runnable onClose;

  private JdbcJobStore(Database database, Hints hints, Runnable onClose) {
    this.database = database;
    this.hints = hints;
    this.rates = new RateTurns(database);
    this.singleEnqueues =
        new SharedCalls<>(
            ENQUEUES_AT_ONCE, executions -> database.runStatement(enqueue(executions)));
    this.singleEnds =
        new SharedCalls<>(
            ENDS_AT_ONCE,
            ends -> database.runUnframed(transaction -> BulkFinish.runEach(transaction, ends)));
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
      Dialect dialect = dialect();
      Hints hints =
          listen && dialect.notifies()
              ? Hints.throughDatabase(dataSource, dialect, names)
              : Hints.withinProcess();
      return new JdbcJobStore(new Database(dataSource, dialect, names, hints), hints, onClose);
    }

    private Dialect dialect() {
      try (Connection connection = dataSource.getConnection()) {
        return Schema.dialect(connection);
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
    if (session != StoreSession.own()) {
      return within(session, enqueue(executions));
    }
    return executions.size() == 1 && maySetOutWithOthers(executions.get(0))
        ? List.of(singleEnqueues.run(executions.get(0)))
        : database.runStatement(enqueue(executions));
  }

  /** Not if it might wait for somebody's transaction, nor if others would have to carry much. */
  private static boolean maySetOutWithOthers(NewExecution execution) {
    return execution.uniqueKey().isEmpty() && execution.payload().length() <= LONGEST_SHARED;
  }

  private static Database.Work<List<Enqueued>> enqueue(List<NewExecution> executions) {
    return transaction -> new BulkEnqueue(transaction).run(executions);
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
            + session.getClass().getSimpleName());
  }

  @Override
  public Claim claim(ClaimRequest request) {
    return database.worksInBulk()
        ? BulkClaims.run(database, request)
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
    return session == StoreSession.own() && BulkApply.isOneStatement(transitions)
        ? applyInOneStatement(transitions)
        : within(session, transaction -> BulkApply.run(transaction, transitions));
  }

  /** What it leaves alone takes a transaction after all. */
  private List<Applied> applyInOneStatement(List<Transition> transitions) {
    Set<UUID> ended =
        transitions.size() == 1 && maySetOutWithOthers(transitions.get(0))
            ? endSingly(transitions.get(0))
            : database.runStatement(transaction -> BulkFinish.run(transaction, transitions));
    List<Transition> rest =
        transitions.stream().filter(one -> !ended.contains(one.lease().executionId())).toList();
    Iterator<Applied> others =
        (rest.isEmpty()
                ? List.<Applied>of()
                : database.run(transaction -> ApplyOperation.run(transaction, rest)))
            .iterator();
    return transitions.stream()
        .map(
            one ->
                ended.contains(one.lease().executionId())
                    ? new Applied.Done(List.of())
                    : others.next())
        .toList();
  }

  private static boolean maySetOutWithOthers(Transition end) {
    return end.output().map(String::length).orElse(0) <= LONGEST_SHARED
        && end.checkpoint().map(String::length).orElse(0) <= LONGEST_SHARED;
  }

  private Set<UUID> endSingly(Transition transition) {
    return singleEnds.run(transition) ? Set.of(transition.lease().executionId()) : Set.of();
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
    return database.run(transaction -> Executions.find(transaction, ids));
  }

  @Override
  public Page<Execution> listExecutions(ExecutionQuery query) {
    return database.run(transaction -> Executions.list(transaction, query));
  }

  @Override
  public List<Attempt> attempts(UUID executionId) {
    return database.run(transaction -> new AttemptLog(transaction).read(executionId));
  }

  @Override
  public List<Definition> findDefinitions(Collection<UUID> ids) {
    return database.run(transaction -> Definitions.find(transaction, ids));
  }

  @Override
  public Optional<Definition> findDefinitionByName(String workspace, String kind, String name) {
    return database.run(transaction -> Definitions.findByName(transaction, workspace, kind, name));
  }

  @Override
  public Optional<Definition> findDefinitionByKey(String kind, String lookupKey) {
    return database.run(transaction -> Definitions.findByKey(transaction, kind, lookupKey));
  }

  @Override
  public Page<Definition> listDefinitions(DefinitionQuery query) {
    return database.run(transaction -> Definitions.list(transaction, query));
  }

  @Override
  public long revision() {
    return database.run(Revision::read);
  }

  @Override
  public Optional<Instant> now() {
    return database.run(
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
