package io.trigrun.jdbc;

import javax.sql.DataSource;

class H2ClockTest extends ClockContract {

  private final DataSource pool = TestDatabases.inMemory();

  @Override
  DataSource dataSource() {
    return pool;
  }
}
