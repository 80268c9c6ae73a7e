package io.trigrun.servers;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the build has unpacked servers, and where they may work: target/test-servers. */
final class ServerFiles {

  private ServerFiles() {}

  static Path folder() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("target").resolve("test-servers");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    throw new FileNotFoundException(
        "expected target/test-servers, got none: run ./mvnw process-test-resources once");
  }

  /** The only file of this name. */
  static Path find(String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder())) {
      return all.filter(file -> file.getFileName().toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new FileNotFoundException("expected " + name + ", got none"));
    }
  }
}
