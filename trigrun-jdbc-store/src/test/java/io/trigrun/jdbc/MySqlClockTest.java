package io.trigrun.jdbc;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

@RequiresMySql
class MySqlClockTest extends ClockContract {

  private final TestDatabase database = TestServer.MYSQL.create();

  @Override
  DataSource dataSource() {
    return database.dataSource();
  }

  @AfterEach
  void drop() {
    database.close();
  }
}
