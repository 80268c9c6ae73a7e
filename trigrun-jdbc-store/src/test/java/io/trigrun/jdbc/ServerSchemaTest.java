package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ServerSchemaTest {

  private final TestDatabase database;
  private final DataSource pool;

  ServerSchemaTest(TestServer server) {
    database = server.create();
    pool = database.dataSource();
  }

  @AfterEach
  void drop() {
    assertThat(database.activeConnections()).isZero();
    database.close();
  }

  @Test
  void several_processes_may_migrate_at_once_and_again() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(processes.submit(() -> Schema.migrate(pool)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      processes.shutdownNow();
    }
    try (JobStore store = JdbcJobStore.open(pool)) {
      store.write(Samples.enqueue(3));
      Schema.migrate(pool);
      Schema.verify(pool);
      assertThat(Samples.claim(store, 9).executions()).hasSize(3);
    }
  }

  @Test
  void missing_tables_are_named_together_with_the_fix() {
    assertThatThrownBy(() -> JdbcJobStore.open(pool))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected table trigrun_execution, got none")
        .hasMessageContaining("Schema.migrate(dataSource)");
  }

  @Test
  void tables_of_version_1_are_brought_up_to_date_with_what_is_in_them() throws SQLException {
    Schema.migrate(pool);
    try (JobStore store = JdbcJobStore.builder(pool).listen(false).open()) {
      store.write(Samples.enqueue(3));
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE trigrun_execution DROP COLUMN trace");
      statement.execute("DROP TABLE trigrun_journal");
      statement.execute("DELETE FROM trigrun_schema WHERE version > 1");
    }
    assertThatThrownBy(() -> Schema.verify(pool))
        .hasMessageContaining("expected version 3 of the tables, got 1");
    Schema.migrate(pool);
    try (JobStore store = JdbcJobStore.builder(pool).listen(false).open()) {
      assertThat(Samples.claim(store, 9).executions()).hasSize(3);
    }
  }

  @Test
  void tables_of_another_prefix_are_others() {
    Schema other = Schema.of(pool).tablePrefix("app_");
    Schema.migrate(pool);
    assertThatThrownBy(other::verify).hasMessageContaining("app_execution");
    other.migrate();
    other.verify();
    assertThat(other.print()).contains("app_execution").doesNotContain("trigrun_execution");

    try (JobStore plain = JdbcJobStore.open(pool);
        JobStore prefixed = JdbcJobStore.builder(pool).tablePrefix("app_").open()) {
      plain.write(Samples.enqueue(1));
      prefixed.write(Samples.enqueue(2));
      assertThat(Samples.claim(plain, 9).executions()).hasSize(1);
      assertThat(Samples.claim(prefixed, 9).executions()).hasSize(2);
    }
  }
}
