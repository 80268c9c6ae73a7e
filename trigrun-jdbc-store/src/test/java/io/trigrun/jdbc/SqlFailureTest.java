package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.jdbc.dialect.Dialect;
import io.trigrun.jdbc.dialect.Dialect.Verdict;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.StoreException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What failures of MariaDB and MySQL mean that no test can provoke there. */
class SqlFailureTest {

  private final TestDatabase database = TestServer.MARIADB.create();

  @SuppressWarnings("NullAway.Init")
  private Dialect dialect;

  @BeforeEach
  void connect() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      dialect = Schema.dialect(connection);
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private StoreException told(SQLException failure) {
    return SqlFailure.of(dialect, failure).told(TableNames.DEFAULT, failure);
  }

  @Test
  void what_is_wrong_is_looked_for_behind_a_batch_that_failed() {
    SQLException reason = new SQLException("secret", "08S01", 1153);
    BatchUpdateException cause = new BatchUpdateException("secret", new int[0], reason);
    BatchUpdateException next = new BatchUpdateException("secret", new int[0]);
    next.setNextException(reason);
    for (SQLException failure : new SQLException[] {reason, cause, next}) {
      assertThat(SqlFailure.of(dialect, failure).verdict()).isEqualTo(Verdict.UNSTORABLE);
      assertThat(told(failure).isRetryable()).isFalse();
      assertThat(told(failure)).hasMessageContaining("code 1153").hasMessageNotContaining("secret");
    }
  }

  @Test
  void causes_that_go_in_a_circle_come_to_an_end() {
    SQLException one = new SQLException("one");
    SQLException two = new SQLException("two", one);
    one.setNextException(two);
    assertThat(SqlFailure.of(dialect, one).verdict()).isEqualTo(Verdict.UNAVAILABLE);
  }

  @Test
  void missing_rights_are_for_somebody_to_grant() {
    StoreException told = told(new SQLException("secret", "42000", 1142));
    assertThat(told.isRetryable()).isFalse();
    assertThat(told)
        .hasMessageContaining("grant the database's user SELECT, INSERT, UPDATE and DELETE")
        .hasMessageContaining("trigrun_*")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_server_that_takes_no_writes_may_take_them_again_but_a_transaction_will_not() {
    SQLException failure = new SQLException("secret", "HY000", 1290);
    assertThat(told(failure).isRetryable()).isTrue();
    StoreException inSession =
        SqlFailure.of(dialect, failure).toldInSession(TableNames.DEFAULT, failure);
    assertThat(inSession.isRetryable()).isFalse();
    assertThat(inSession).hasMessageContaining("setReadOnly(true)");
  }
}
