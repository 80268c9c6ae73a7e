package io.trigrun.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** Empty databases for tests. */
final class TestDatabases {

  private TestDatabases() {}

  /** An H2 database in memory that lives as long as its pool. */
  static JdbcConnectionPool inMemory() {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    pool.setMaxConnections(32);
    return pool;
  }

  /** Makes texts of more than 100 characters impossible to store. */
  static void limitTexts(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE trigrun_execution ADD CHECK (CHAR_LENGTH(payload) <= 100)");
    }
  }

  static JdbcJobStore store(DataSource dataSource) {
    return JdbcJobStore.builder(dataSource).migrate(true).open();
  }
}
