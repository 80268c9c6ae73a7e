package io.trigrun.examples.server;

import io.trigrun.secret.KeyRing;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.LinkKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * What a server keeps on its disk: its database, unless that is elsewhere, and its keys, which are
 * made on the first start. A file of keys has lines of {@code id:key}; the first one is used, the
 * others are of before. Servers that share a database need the same files.
 */
final class DataDirectory {

  private static final String DATABASE = "trigrun";

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  static DataDirectory open(Path path) {
    try {
      OwnerOnly.directory(path);
    } catch (IOException e) {
      throw unusable(path, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    if (!Files.isWritable(path)) {
      throw unusable(path, "one that can only be read");
    }
    return new DataDirectory(path);
  }

  private static IllegalStateException unusable(Path path, String got) {
    return new IllegalStateException(
        "--data: expected a directory that can be made or written, %s, got %s"
            .formatted(path.toAbsolutePath().normalize(), got));
  }

  /** As H2 wants it: without its extension. */
  Path database() {
    return path.resolve(DATABASE);
  }

  void restrictDatabase() throws IOException {
    OwnerOnly.restrict(path.resolve(DATABASE + ".mv.db"));
  }

  /** What keeps secrets unreadable in the database. */
  KeyRing secretKeys() throws IOException {
    return read("secret.key", keys -> KeyRing.parse(String.join("\n", keys)));
  }

  /** What vouches for links; the first one makes them. */
  List<LinkKey> linkKeys() throws IOException {
    return read("link.key", keys -> keys.stream().map(DataDirectory::linkKey).toList());
  }

  private static LinkKey linkKey(String line) {
    int colon = Math.max(0, line.indexOf(':'));
    return LinkKey.of(line.substring(0, colon), line.substring(colon + 1));
  }

  private <T> T read(String name, Function<List<String>, T> parse) throws IOException {
    Path file = path.resolve(name);
    if (Files.notExists(file)) {
      OwnerOnly.write(file, newKey() + "\n");
    }
    List<String> lines =
        Files.readAllLines(file).stream().map(String::strip).filter(it -> !it.isEmpty()).toList();
    if (lines.isEmpty()) {
      throw new ValidationException(List.of(new Problem(file.toString(), "id:key", "nothing")));
    }
    try {
      return parse.apply(lines);
    } catch (ValidationException e) { // which shows no key, nor where it stands
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static String newKey() {
    byte[] id = new byte[4];
    new SecureRandom().nextBytes(id);
    return "k" + HexFormat.of().formatHex(id) + ":" + KeyRing.generateKey();
  }
}
