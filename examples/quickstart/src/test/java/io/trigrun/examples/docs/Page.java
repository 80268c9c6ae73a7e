package io.trigrun.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page of the documentation. */
record Page(Path file, List<String> lines) {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  /** The README, the changelog and everything below docs/. */
  static List<Page> all() {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .map(Page::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page of a {@link #name}. */
  static Page of(String name) {
    return read(ROOT.resolve(name));
  }

  private static Page read(Path file) {
    try {
      return new Page(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As seen from the top of the repository. */
  String name() {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  /** The blocks between {@code ```java} and {@code ```}. */
  List<Snippet> snippets() {
    List<Snippet> snippets = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("```java")) {
        int first = i + 1;
        while (!lines.get(i + 1).strip().equals("```")) {
          i++;
        }
        snippets.add(new Snippet(name(), first + 1, lines.subList(first, i + 1)));
      }
    }
    return snippets;
  }
}
