package io.trigrun.jdbc;

import javax.sql.DataSource;

class H2CompletionTest extends CompletionContract {

  private final DataSource pool = TestDatabases.inMemory();

  @Override
  DataSource dataSource() {
    return pool;
  }
}
