package io.trigrun.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S11: no table holds a secret, whatever the targets of jobs say back. */
class SecretRowsTest {

  private static final String SECRET = "t1ger-in-the-dark";

  @ParameterizedTest
  @EnumSource
  void no_table_holds_it(TestServer server) throws SQLException {
    try (TestDatabase database = server.create()) {
      holdsNoSecret(database.dataSource());
    }
  }

  private static void holdsNoSecret(DataSource dataSource) throws SQLException {
    String key = KeyRing.generateKey();
    HttpTransport echo =
        call ->
            CompletableFuture.completedFuture(
                new HttpReply(
                    call.headers().containsKey("X-Fail") ? 500 : 200,
                    Map.of("etag", List.copyOf(call.headers().values())),
                    call.headers().toString().getBytes(UTF_8),
                    false,
                    Duration.ofMillis(1)));
    try (JdbcJobStore store = TestDatabases.store(dataSource);
        TrigRun trigrun =
            TrigRun.builder()
                .store(store)
                .secrets(SecretCipher.aesGcm(KeyRing.of("k1", key)))
                .httpTransport(echo)
                .build()) {
      trigrun.secrets().create("api-key", SECRET);
      HttpAction.Builder action =
          HttpAction.get("http://127.0.0.1/")
              .header("Authorization", "Bearer secret://api-key")
              .output("body", "body")
              .output("tag", "header:etag");
      run(trigrun, "well", action.build());
      run(trigrun, "badly", action.header("X-Fail", "yes").build());

      String dump = dump(dataSource);

      assertThat(dump)
          .as("what was to be looked through")
          .contains("api-key", "badly", "Bearer ***", "HTTP_5XX", "ciphertext");
      byte[] bytes = SECRET.getBytes(UTF_8);
      assertThat(dump.toLowerCase(Locale.ROOT))
          .doesNotContain(SECRET)
          .doesNotContain(HexFormat.of().formatHex(bytes));
      assertThat(dump)
          .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(bytes))
          .doesNotContain(key);
    }
  }

  private static void run(TrigRun trigrun, String name, HttpAction action) {
    var spec = JobSpec.named(name).action(action).retry(RetryPolicy.none()).build();
    assertThat(trigrun.jobs().runNow(trigrun.jobs().create(spec).id())).isNotNull();
    assertThat(trigrun.runDue().attempts()).isEqualTo(1);
  }

  /** Every value of every column of every table, bytes as hexadecimal digits. */
  private static String dump(DataSource dataSource) throws SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = tables(connection);
      assertThat(tables).hasSizeGreaterThan(5);
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              Object value = rows.getObject(column);
              dump.append(
                      value instanceof byte[] bytes
                          ? HexFormat.of().formatHex(bytes)
                          : rows.getString(column))
                  .append('\n');
            }
          }
        }
      }
    }
    return dump.toString();
  }

  private static List<String> tables(Connection connection) throws SQLException {
    DatabaseMetaData meta = connection.getMetaData();
    List<String> tables = new ArrayList<>();
    try (ResultSet found = meta.getTables(connection.getCatalog(), null, "%", null)) {
      while (found.next()) {
        String name = found.getString("TABLE_NAME");
        String type = String.valueOf(found.getString("TABLE_TYPE"));
        if (name.toLowerCase(Locale.ROOT).startsWith("trigrun_") && type.contains("TABLE")) {
          tables.add(name);
        }
      }
    }
    return tables;
  }
}
