package io.trigrun.servers;

import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.jdbc.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A database with the library's tables, which one test after another has to itself. Between them
 * its rows are deleted, which takes a tenth of the time that new tables and connections take.
 */
final class MigratedDatabase {

  /** What was deleted and changed is still in the files, and in the way of what comes after. */
  private static final int TURNS = 100;

  /** With more of them new tables are the faster way. */
  private static final int FEW_ROWS = 2_000;

  /** What has rows of its own: not the table that PostgreSQL's partitions belong to. */
  private static final Set<String> PLAIN = Set.of("TABLE", "BASE TABLE");

  private final Server server;
  private final String name;
  private final HikariDataSource pool;
  private final List<String> emptying;
  private int turns;

  private MigratedDatabase(
      Server server, String name, HikariDataSource pool, List<String> emptying) {
    this.server = server;
    this.name = name;
    this.pool = pool;
    this.emptying = emptying;
  }

  static TestDatabase lend(Server server, String nameIfNew) throws SQLException {
    MigratedDatabase free = server.migrated().poll();
    return (free == null ? create(server, nameIfNew) : free).lend();
  }

  private static MigratedDatabase create(Server server, String nameIfNew) throws SQLException {
    String name = server.take(nameIfNew);
    HikariDataSource pool = TestDatabase.pool(server.url(name));
    Schema.migrate(pool);
    return new MigratedDatabase(server, name, pool, emptying(pool));
  }

  /** All tables but the one that says which scripts have run, and the counters back at zero. */
  private static List<String> emptying(HikariDataSource pool) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
      while (tables.next()) {
        String table = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
        if (table.equals("trigrun_counter")) {
          all.add("UPDATE trigrun_counter SET amount = 0 WHERE amount <> 0");
        } else if (PLAIN.contains(tables.getString("TABLE_TYPE"))
            && !table.equals("trigrun_schema")) {
          all.add("DELETE FROM " + table);
        }
      }
    }
    return all;
  }

  private TestDatabase lend() {
    return new TestDatabase(server.url(name), pool, this::takeBack);
  }

  private void takeBack() throws SQLException {
    turns++;
    boolean idle = pool.getHikariPoolMXBean().getActiveConnections() == 0;
    if (idle && turns < TURNS && empty() <= FEW_ROWS) {
      server.migrated().add(this);
    } else {
      drop();
    }
  }

  void drop() throws SQLException {
    pool.close();
    server.giveBack(name);
  }

  /** Returns how many rows there were. */
  private int empty() throws SQLException {
    int rows = 0;
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : emptying) {
        rows += statement.executeUpdate(sql);
      }
    }
    return rows;
  }
}
