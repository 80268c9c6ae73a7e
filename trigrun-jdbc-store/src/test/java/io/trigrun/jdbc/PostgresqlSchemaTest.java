package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables in a schema of their own, and connections that look elsewhere first. */
class PostgresqlSchemaTest {

  private final TestDatabase database = TestServer.POSTGRESQL.create();

  @AfterEach
  void drop() {
    database.close();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One by one, as nodes end what they run alone. */
  private static void endsEachOf(JobStore store, int count) {
    store.write(Samples.enqueue(count));
    for (ClaimedExecution one : Samples.claim(store, count).executions()) {
      assertThat(store.apply(java.util.List.of(Samples.success(one))))
          .singleElement()
          .isInstanceOf(Applied.Done.class);
    }
    assertThat(Samples.claim(store, count).executions()).isEmpty();
  }

  @Test
  void everything_lives_in_the_schema_that_is_named() throws SQLException {
    execute("CREATE SCHEMA jobs");
    Schema schema = Schema.of(database.dataSource()).schema("jobs").tablePrefix("app_");
    schema.migrate();
    schema.migrate();
    schema.verify();
    assertThat(schema.print())
        .contains("jobs.app_execution")
        .doesNotContain("INDEX IF NOT EXISTS jobs.");
    try (JobStore store =
        JdbcJobStore.builder(database.dataSource()).schema("jobs").tablePrefix("app_").open()) {
      endsEachOf(store, 3);
    }
    assertThatThrownBy(() -> Schema.verify(database.dataSource()))
        .hasMessageContaining("expected table trigrun_execution");
  }

  @Test
  void what_was_migrated_without_a_schema_is_found_by_its_schema_whatever_the_search_path()
      throws SQLException {
    Schema.migrate(database.dataSource());
    execute("CREATE SCHEMA app");
    HikariConfig elsewhere = new HikariConfig();
    elsewhere.setDataSource(database.dataSource());
    elsewhere.setConnectionInitSql("SET search_path = app");
    elsewhere.setMaximumPoolSize(4);
    try (HikariDataSource pool = new HikariDataSource(elsewhere);
        JobStore store = JdbcJobStore.builder(pool).schema("public").listen(false).open()) {
      endsEachOf(store, 3);
    }
  }

  @Test
  void a_schema_that_is_missing_is_said_at_once() {
    Schema schema = Schema.of(database.dataSource()).schema("nowhere");
    assertThatThrownBy(schema::migrate)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("nowhere.trigrun_execution")
        .hasMessageContaining("schema nowhere must exist");
    assertThatThrownBy(schema::verify).hasMessageContaining("create schema nowhere");
  }

  @Test
  void a_table_that_is_gone_is_named() throws SQLException {
    Schema.migrate(database.dataSource());
    execute("DROP TABLE trigrun_rate");
    assertThatThrownBy(() -> Schema.verify(database.dataSource()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected table trigrun_rate, got none");
  }
}
