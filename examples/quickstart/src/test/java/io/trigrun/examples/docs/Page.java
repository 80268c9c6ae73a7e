package io.trigrun.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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

  /** The blocks of Java. */
  List<Snippet> snippets() {
    return starts("java").map(at -> new Snippet(name(), at + 1, block(at))).toList();
  }

  /** The blocks between {@code ```language} and {@code ```}. */
  List<List<String>> blocks(String language) {
    return starts(language).map(this::block).toList();
  }

  private Stream<Integer> starts(String language) {
    return IntStream.range(0, lines.size())
        .filter(at -> lines.get(at).strip().equals("```" + language))
        .mapToObj(at -> at + 1);
  }

  private List<String> block(int from) {
    int to = from;
    while (!lines.get(to).strip().equals("```")) {
      to++;
    }
    return lines.subList(from, to);
  }
}
