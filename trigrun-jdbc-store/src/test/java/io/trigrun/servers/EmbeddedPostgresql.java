package io.trigrun.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A PostgreSQL of this JVM, whose end is the server's end, too. */
final class EmbeddedPostgresql {

  /** A machine that is busy with other builds takes longer than the 10 s of the library. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private EmbeddedPostgresql() {}

  static Server start() throws IOException {
    Path binaries = ServerFiles.find("postgres-linux-x86_64.txz");
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver((system, hardware) -> Files.newInputStream(binaries))
            .setOverrideWorkingDirectory(ServerFiles.folder().resolve("postgresql").toFile())
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("max_connections", "300")
            .setPGStartupWait(PATIENCE)
            .start();
    return Server.at(postgres.getJdbcUrl("postgres", "postgres")).reusing();
  }
}
