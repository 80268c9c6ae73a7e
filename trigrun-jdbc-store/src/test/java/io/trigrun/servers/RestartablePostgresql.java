package io.trigrun.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A PostgreSQL that may crash and come back, at the same address and with what was committed: it
 * acknowledges no commit that a crash of the server would undo. Only that of the machine would.
 */
public final class RestartablePostgresql implements AutoCloseable {

  private final Path folder;
  private final int port;
  private EmbeddedPostgres server;

  private RestartablePostgresql(Path folder) throws IOException {
    this.folder = folder;
    this.server = start(folder, 0);
    this.port = server.getPort();
  }

  public static RestartablePostgresql start() throws IOException {
    return new RestartablePostgresql(Files.createTempDirectory(ServerFiles.folder(), "chaos-"));
  }

  private static EmbeddedPostgres start(Path folder, int port) throws IOException {
    Path binaries = ServerFiles.find("postgres-linux-x86_64.txz");
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver((system, hardware) -> Files.newInputStream(binaries))
            .setOverrideWorkingDirectory(ServerFiles.folder().resolve("postgresql").toFile())
            .setDataDirectory(folder.resolve("data"))
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "on");
    if (port != 0) {
      builder.setPort(port);
    }
    return builder.start();
  }

  public String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** One of its processes is killed: it ends all others, recovers and is back by itself. */
  public void crash() throws IOException, InterruptedException, SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      new ProcessBuilder("kill", "-KILL", row.getString(1)).start().waitFor();
    }
  }

  /** Rolls back what is under way, and ends. */
  public void stop() throws IOException {
    server.close();
  }

  /** Comes back after it was stopped. */
  public void restart() throws IOException {
    server = start(folder, port);
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
