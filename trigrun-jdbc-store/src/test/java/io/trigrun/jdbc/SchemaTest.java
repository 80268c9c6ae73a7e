package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.spi.JobStore;
import io.trigrun.validation.ValidationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

  private final JdbcConnectionPool pool = TestDatabases.inMemory();

  @AfterEach
  void dispose() {
    assertThat(pool.getActiveConnections()).isZero();
    pool.dispose();
  }

  @Test
  void migrating_twice_is_migrating_once() {
    Schema.migrate(pool);
    JobStore store = JdbcJobStore.open(pool);
    store.write(Samples.enqueue(3));
    Schema.migrate(pool);
    Schema.verify(pool);
    assertThat(Samples.claim(store, 9).executions()).hasSize(3);
  }

  @Test
  void missing_tables_are_named_together_with_the_fix() {
    assertThatThrownBy(() -> JdbcJobStore.open(pool))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected table trigrun_execution, got none")
        .hasMessageContaining("Schema.migrate(dataSource)");
  }

  @Test
  void an_old_version_is_named_together_with_the_fix() throws SQLException {
    Schema.migrate(pool);
    execute("UPDATE trigrun_schema SET version = version - 4");
    assertThatThrownBy(() -> Schema.verify(pool))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected version 3 of the tables, got -1");
  }

  @Test
  void tables_of_version_1_are_brought_up_to_date_with_what_is_in_them() throws SQLException {
    Schema.migrate(pool);
    JobStore store = JdbcJobStore.open(pool);
    store.write(Samples.enqueue(3));
    execute("ALTER TABLE trigrun_execution DROP COLUMN trace");
    execute("DROP TABLE trigrun_journal");
    execute("DELETE FROM trigrun_schema WHERE version > 1");
    assertThatThrownBy(() -> JdbcJobStore.open(pool))
        .hasMessageContaining("expected version 3 of the tables, got 1");
    Schema.migrate(pool);
    assertThat(Samples.claim(JdbcJobStore.open(pool), 9).executions()).hasSize(3);
  }

  @Test
  void several_processes_may_migrate_at_once() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(processes.submit(() -> Schema.migrate(pool)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      processes.shutdownNow();
    }
    Schema.verify(pool);
    assertThat(count("SELECT COUNT(*) FROM trigrun_schema")).isEqualTo(3);
    assertThat(count("SELECT COUNT(*) FROM trigrun_counter")).isEqualTo(2);
  }

  @Test
  void the_scripts_run_as_they_are_printed() throws SQLException {
    execute(Schema.print(pool));
    JdbcJobStore.open(pool).write(Samples.enqueue(1));
  }

  @Test
  void stores_of_another_prefix_or_schema_do_not_see_each_other() throws SQLException {
    execute("CREATE SCHEMA jobs");
    JobStore plain = TestDatabases.store(pool);
    JobStore prefixed = JdbcJobStore.builder(pool).tablePrefix("app_").migrate(true).open();
    JobStore elsewhere = JdbcJobStore.builder(pool).schema("jobs").migrate(true).open();
    JobStore both =
        JdbcJobStore.builder(pool).schema("jobs").tablePrefix("app_").migrate(true).open();
    int count = 1;
    for (JobStore store : List.of(plain, prefixed, elsewhere, both)) {
      store.write(Samples.enqueue(count++));
    }
    assertThat(Samples.claim(plain, 9).executions()).hasSize(1);
    assertThat(Samples.claim(prefixed, 9).executions()).hasSize(2);
    assertThat(Samples.claim(elsewhere, 9).executions()).hasSize(3);
    assertThat(Samples.claim(both, 9).executions()).hasSize(4);
    assertThat(count("SELECT COUNT(*) FROM jobs.app_execution")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1x", "x-", "x y", "x\"", "x;DROP TABLE orders", "x'", "x.y", "ü", "x\n"})
  void only_identifiers_get_into_statements(String name) {
    JdbcJobStore.Builder builder = JdbcJobStore.builder(pool);
    assertThatThrownBy(() -> builder.tablePrefix(name))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("table_prefix");
    assertThatThrownBy(() -> builder.schema(name))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("schema");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int count(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
