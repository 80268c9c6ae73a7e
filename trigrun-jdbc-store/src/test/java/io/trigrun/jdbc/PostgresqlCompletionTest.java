package io.trigrun.jdbc;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

class PostgresqlCompletionTest extends CompletionContract {

  private final TestDatabase database = TestServer.POSTGRESQL.create();

  @Override
  DataSource dataSource() {
    return database.dataSource();
  }

  @AfterEach
  void drop() {
    database.close();
  }
}
