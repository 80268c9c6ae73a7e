package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestServerTest {

  @ParameterizedTest
  @EnumSource
  void databases_of_tests_do_not_see_each_other(TestServer server) throws SQLException {
    try (TestDatabase first = server.create();
        TestDatabase second = server.create()) {
      for (TestDatabase database : new TestDatabase[] {first, second}) {
        try (Connection connection = database.dataSource().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE TABLE same (id INTEGER)");
        }
        assertThat(database.activeConnections()).isZero();
      }
    }
  }
}
