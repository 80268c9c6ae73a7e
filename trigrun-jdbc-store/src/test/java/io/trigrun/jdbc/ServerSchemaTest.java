package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;
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
