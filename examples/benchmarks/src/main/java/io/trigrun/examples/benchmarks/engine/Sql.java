package io.trigrun.examples.benchmarks.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Statements beside an engine's own. */
final class Sql {

  private Sql() {}

  static void execute(DataSource dataSource, String script) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(script);
    }
  }

  static long number(DataSource dataSource, String query) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** A script that a library ships in its jar. */
  static String resource(String path) throws IOException {
    try (InputStream in = Sql.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("expected " + path + " on the class path, got nothing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
