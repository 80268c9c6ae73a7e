package io.trigrun.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is.
 *
 * @param before the JDBC address up to the name of a database
 * @param after what follows that name: user, password, options
 */
record Server(String before, String after, Syntax syntax) {

  /** How databases come and go; %s is the name. */
  record Syntax(String home, String create, String drop) {}

  static final Syntax H2_SYNTAX = new Syntax("", "", "SHUTDOWN");
  static final Syntax POSTGRESQL_SYNTAX =
      new Syntax("postgres", "CREATE DATABASE %s", "DROP DATABASE %s WITH (FORCE)");
  static final Syntax MYSQL_SYNTAX = new Syntax("", "CREATE DATABASE %s", "DROP DATABASE %s");

  private static final Pattern URL = Pattern.compile("(jdbc:(\\w+)://[^/?]+)(/[^?]*)?(\\?.*)?");

  /** A server that somebody else runs. */
  static Server at(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("expected jdbc:KIND://HOST:PORT/?OPTIONS, got " + url);
    }
    Syntax syntax = parts.group(2).equals("postgresql") ? POSTGRESQL_SYNTAX : MYSQL_SYNTAX;
    String options = parts.group(4) == null ? "" : parts.group(4);
    return new Server(parts.group(1) + "/", options, syntax);
  }

  String url(String database) {
    return before + database + after;
  }

  void create(String database) throws SQLException {
    if (!syntax.create().isEmpty()) {
      execute(syntax.home(), syntax.create().formatted(database));
    }
  }

  void drop(String database) throws SQLException {
    execute(
        syntax.home().isEmpty() && syntax.create().isEmpty() ? database : syntax.home(),
        syntax.drop().formatted(database));
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
