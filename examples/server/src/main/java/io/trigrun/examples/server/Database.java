package io.trigrun.examples.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.spi.StoreException;
import io.trigrun.validation.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Where everything is kept: a file in the directory, or a database elsewhere. */
record Database(JdbcJobStore store, Runnable onClose) implements AutoCloseable {

  private static final List<String> KNOWN =
      List.of("jdbc:postgresql:", "jdbc:mariadb:", "jdbc:h2:");
  private static final int CONNECTIONS = 16;

  /** What H2 answers when the file is another process's. */
  private static final int IN_USE = 90020;

  static Database open(DataDirectory data, Optional<String> jdbcUrl) throws IOException {
    if (jdbcUrl.isPresent()) {
      return open(jdbcUrl.get());
    }
    JdbcJobStore store = embedded(data.database());
    data.restrictDatabase();
    return new Database(store, () -> {});
  }

  private static JdbcJobStore embedded(Path path) {
    try {
      return JdbcJobStore.embedded(path);
    } catch (StoreException e) {
      if (e.getCause() instanceof SQLException cause && cause.getErrorCode() == IN_USE) {
        throw new IllegalStateException(
            "--data: expected a directory that no other server works in, got " + path.getParent(),
            e);
      }
      throw e;
    }
  }

  private static Database open(String url) {
    Problems.require( // a driver that is not there would be told with the URL, and its password
        KNOWN.stream().anyMatch(url::startsWith),
        "--jdbc-url",
        "a URL that begins with one of " + KNOWN,
        "another one, not shown");
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setPoolName("trigrun");
    HikariDataSource pool = connect(config);
    try {
      return new Database(JdbcJobStore.builder(pool).migrate(true).open(), pool::close);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariDataSource connect(HikariConfig config) {
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message = String.valueOf(cause.getMessage());
      throw new IllegalStateException(
          "--jdbc-url: expected a database that answers, got "
              + message.replace(config.getJdbcUrl(), "..."),
          e);
    }
  }

  @Override
  public void close() {
    store.close();
    onClose.run();
  }
}
