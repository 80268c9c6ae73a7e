package io.trigrun.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is.
 *
 * @param before the JDBC address up to the name of a database
 * @param after what follows that name: user, password, options
 * @param used databases that were emptied, to be taken again
 * @param migrated databases with the library's tables that no test has
 */
record Server(
    String before,
    String after,
    Syntax syntax,
    Optional<Deque<String>> used,
    Deque<MigratedDatabase> migrated) {

  /** How databases come and go; %s is the name. */
  record Syntax(String home, String create, String drop) {}

  static final Syntax H2_SYNTAX = new Syntax("", "", "SHUTDOWN");
  static final Syntax POSTGRESQL_SYNTAX =
      new Syntax("postgres", "CREATE DATABASE %s", "DROP DATABASE %s WITH (FORCE)");
  static final Syntax MYSQL_SYNTAX = new Syntax("", "CREATE DATABASE %s", "DROP DATABASE %s");

  /** Ends what is connected, and drops what tests make in a database: schemas and settings. */
  private static final List<String> EMPTY_POSTGRESQL =
      List.of(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()",
          """
          DO $$
          DECLARE name text;
          BEGIN
            FOR name IN SELECT nspname FROM pg_namespace
              WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
            LOOP
              EXECUTE format('DROP SCHEMA %I CASCADE', name);
            END LOOP;
            EXECUTE format('ALTER DATABASE %I RESET ALL', current_database());
          END $$
          """,
          "CREATE SCHEMA public AUTHORIZATION pg_database_owner",
          "GRANT USAGE ON SCHEMA public TO PUBLIC");

  private static final Pattern URL = Pattern.compile("(jdbc:(\\w+)://[^/?]+)(/[^?]*)?(\\?.*)?");

  /** A server that somebody else runs. */
  static Server at(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("expected jdbc:KIND://HOST:PORT/?OPTIONS, got " + url);
    }
    Syntax syntax = parts.group(2).equals("postgresql") ? POSTGRESQL_SYNTAX : MYSQL_SYNTAX;
    String options = parts.group(4) == null ? "" : parts.group(4);
    return named(parts.group(1) + "/", options, syntax);
  }

  static Server named(String before, String after, Syntax syntax) {
    return new Server(before, after, syntax, Optional.empty(), new ConcurrentLinkedDeque<>());
  }

  /**
   * The same, but databases are emptied and used again, which PostgreSQL does ten times as fast as
   * it creates and drops them. For a server that ends with the tests, and its databases with it.
   */
  Server reusing() {
    return new Server(before, after, syntax, Optional.of(new ConcurrentLinkedDeque<>()), migrated);
  }

  /** A database that is empty, and its name. */
  String take(String nameIfNew) throws SQLException {
    Optional<String> emptied = used.map(Deque::poll);
    if (emptied.isPresent()) {
      return emptied.get();
    }
    create(nameIfNew);
    return nameIfNew;
  }

  /** Nobody needs it any more. */
  void giveBack(String database) throws SQLException {
    if (used.isEmpty()) {
      drop(database);
      return;
    }
    try (Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      for (String sql : EMPTY_POSTGRESQL) {
        statement.execute(sql);
      }
    }
    used.get().add(database);
  }

  /** Leaves nothing behind on a server that goes on without the tests. */
  void dropMigrated() {
    for (MigratedDatabase each : migrated) {
      try {
        each.drop();
      } catch (SQLException e) {
        System.err.println("expected to drop the database of a test, could not: " + e);
      }
    }
  }

  String url(String database) {
    return before + database + after;
  }

  private void create(String database) throws SQLException {
    if (!syntax.create().isEmpty()) {
      execute(syntax.home(), syntax.create().formatted(database));
    }
  }

  private void drop(String database) throws SQLException {
    execute(
        syntax.home().isEmpty() && syntax.create().isEmpty() ? database : syntax.home(),
        syntax.drop().formatted(database));
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
