package io.trigrun.jdbc;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;

/** An H2 database in a file of this process. */
final class EmbeddedH2 {

  /**
   * {@code async}: with H2's default file access an interrupted thread would close the file for
   * everybody, and engines interrupt what is cancelled. {@code DB_CLOSE_ON_EXIT}: the host closes
   * the store, no JVM hook before that. {@code TRACE_LEVEL_FILE}: statements that fail are ours to
   * tell; H2 would write them into a file beside it, for everybody to read.
   */
  private static final String URL =
      "jdbc:h2:async:%s;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0";

  /** H2 works on the caller's thread; more than this only wait for each other. */
  private static final int CONNECTIONS = 16;

  private EmbeddedH2() {}

  static JdbcConnectionPool open(Path file) {
    String path = file.toAbsolutePath().toString();
    if (path.contains(";")) {
      throw new IllegalArgumentException("expected a path without a semicolon, got " + path);
    }
    JdbcConnectionPool pool = JdbcConnectionPool.create(URL.formatted(path), "sa", "");
    pool.setMaxConnections(CONNECTIONS);
    return pool;
  }
}
