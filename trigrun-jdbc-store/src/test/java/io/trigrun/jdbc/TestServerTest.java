package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
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

  @ParameterizedTest
  @EnumSource
  void a_database_with_tables_is_empty_whoever_had_it_before(TestServer server)
      throws SQLException {
    for (int turn = 1; turn <= 3; turn++) {
      try (TestDatabase database = server.migrated();
          Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        assertThat(all(statement, "SELECT amount FROM trigrun_counter")).containsOnly("0");
        assertThat(all(statement, "SELECT slot_key FROM trigrun_slot")).isEmpty();
        statement.execute("UPDATE trigrun_counter SET amount = 7");
        statement.execute("INSERT INTO trigrun_slot (slot_key, taken, lanes) VALUES ('k', 1, '')");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_is_left_over_from_a_test_gets_no_connection_to_the_database_of_another(
      TestServer server) {
    TestDatabase database = server.migrated();
    DataSource leftOver = database.dataSource();
    database.close();
    try (TestDatabase next = server.migrated()) {
      assertThatThrownBy(leftOver::getConnection).isInstanceOf(SQLException.class);
      assertThat(next.activeConnections()).isZero();
    }
  }

  private static List<String> all(Statement statement, String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }
}
