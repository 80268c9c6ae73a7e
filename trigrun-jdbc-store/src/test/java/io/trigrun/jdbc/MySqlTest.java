package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.WriteSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What has to be won from MariaDB and MySQL, where texts, instants and schemas are not as usual.
 */
@ParameterizedClass
@EnumSource(names = {"MARIADB", "MYSQL"})
class MySqlTest {

  private final TestDatabase database;
  private final TestDatabase another;

  MySqlTest(TestServer server) {
    database = server.create();
    another = server.create();
  }

  @AfterEach
  void drop() {
    database.close();
    another.close();
  }

  private JobStore store() {
    return TestDatabases.store(database.dataSource());
  }

  @Test
  void a_schema_is_another_database() throws SQLException {
    String elsewhere = catalog(another);
    Schema.of(database.dataSource()).schema(elsewhere).migrate();
    JobStore store = JdbcJobStore.builder(database.dataSource()).schema(elsewhere).open();
    store.write(Samples.enqueue(2));
    assertThat(Samples.claim(JdbcJobStore.open(another.dataSource()), 9).executions()).hasSize(2);
  }

  private static String catalog(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return connection.getCatalog();
    }
  }

  @Test
  void names_that_differ_in_case_blanks_or_accents_are_different() {
    JobStore store = store();
    List<String> names = List.of("name", "Name", "name ", "n\u00e4me", "nam\uff45", "\uD83D\uDE00");
    for (String name : names) {
      store.write(WriteSet.save(Samples.definition(name)));
    }
    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(store.findDefinitionByName("workspace", "kind", name))
                    .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo(name)));
  }

  @Test
  void texts_come_back_as_they_were() {
    JobStore store = store();
    List<NewExecution> executions =
        Stream.of("nul \0", "pair \uD83D\uDE00", "\u00e9".repeat(1_048_576), "\\ ' \" % \n", "")
            .map(Samples::execution)
            .toList();
    store.write(WriteSet.enqueue(executions));
    for (NewExecution one : executions) {
      assertThat(store.findExecutions(List.of(one.id())).get(0).payload().equals(one.payload()))
          .isTrue();
    }
  }

  @Test
  void claiming_100_takes_6_statements_and_claiming_nothing_3() {
    Driver driver = new Driver(database.dataSource());
    JobStore store = TestDatabases.store(driver.dataSource());
    store.write(Samples.enqueue(150));
    driver.executed();
    assertThat(Samples.claim(store, 100).executions()).hasSize(100);
    assertThat(driver.executed()).hasSize(6);
    assertThat(Samples.claim(store, 100).executions()).hasSize(50);
    driver.executed();
    assertThat(Samples.claim(store, 100).executions()).isEmpty();
    assertThat(driver.executed()).hasSize(3);
  }

  @Test
  void a_text_longer_than_its_column_is_refused_for_good() {
    JobStore store = store();
    assertThatThrownBy(() -> store.write(WriteSet.save(Samples.definition("x".repeat(201)))))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageNotContaining("xxx");
  }

  @Test
  void instants_depend_neither_on_the_time_zone_of_the_jvm_nor_on_that_of_the_session()
      throws SQLException {
    TimeZone usual = TimeZone.getDefault();
    NewExecution execution = Samples.execution();
    store().write(Samples.enqueue(execution));
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '-05:00'");
      connection.setAutoCommit(false);
      store().write(JdbcSession.of(connection), Samples.enqueue(Samples.execution()));
      connection.commit();
      connection.setAutoCommit(true);
      assertThat(store().findExecutions(List.of(execution.id())).get(0).dueAt())
          .isEqualTo(Samples.NOW);
      assertThat(Samples.claim(store(), 9).executions())
          .extracting(one -> one.execution().dueAt())
          .hasSize(2)
          .doesNotContainNull();
      statement.execute("SET time_zone = DEFAULT");
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  @Test
  void what_the_host_rolls_back_never_was_and_a_failed_write_harms_nothing() throws SQLException {
    JobStore store = store();
    NewExecution kept = Samples.execution();
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      JdbcSession session = JdbcSession.of(connection);
      store.write(session, Samples.enqueue(Samples.execution()));
      connection.rollback();
      WriteSet unstorable = WriteSet.save(Samples.definition("x".repeat(201)));
      assertThatThrownBy(() -> store.write(session, unstorable)).isInstanceOf(StoreException.class);
      store.write(session, Samples.enqueue(kept));
      connection.commit();
    }
    assertThat(Samples.claim(store, 9).executions())
        .extracting(one -> one.execution().id())
        .containsExactly(kept.id());
  }
}
