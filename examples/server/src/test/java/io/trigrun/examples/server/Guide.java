package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The curl lines of a guide, taken out of its text. The resources beside this have nothing else of
 * the guides; where the guides themselves are there, a test compares them.
 */
record Guide(String name, List<Line> lines) {

  /**
   * A line, which may be several with backslashes.
   *
   * @param answers the JSON that is shown beneath: right after it, or after words like {@code
   *     Response:}
   */
  record Line(String curl, List<String> answers) {}

  /** From the resources. */
  static Guide committed(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Guide.class.getResourceAsStream("/guides/" + name + ".txt"))) {
      return parse(name, new String(in.readAllBytes(), UTF_8));
    }
  }

  /** From the guides, if they are there. */
  static Optional<Guide> original(String name) throws IOException {
    Path directory = Path.of(System.getProperty("trigrun.guides", "../../../shared/spec"));
    Path file = directory.resolve(name + ".txt");
    return Files.exists(file) ? Optional.of(parse(name, Files.readString(file))) : Optional.empty();
  }

  /** A page of ours. */
  static Guide page(String name) throws IOException {
    return parse(name, Files.readString(Path.of("../../docs", name + ".md")));
  }

  private static Guide parse(String name, String text) {
    List<String> rest = new ArrayList<>(Arrays.asList(text.split("\\R", -1)));
    List<Line> lines = new ArrayList<>();
    String before = "";
    boolean isBeneath = false;
    while (!rest.isEmpty()) {
      String next = rest.remove(0);
      if (next.startsWith("curl ")) {
        lines.add(new Line(whole(next, rest, Guide::isOpenCommand), new ArrayList<>()));
        isBeneath = true;
      } else if (next.equals("{")) {
        String json = whole(next, rest, it -> !it.endsWith("\n}"));
        if (isBeneath || isAnnounced(before)) {
          lines.get(lines.size() - 1).answers().add(json);
        }
        isBeneath = false;
      } else if (next.startsWith("{ ") && isAnnounced(before)) {
        lines.get(lines.size() - 1).answers().add(next);
      } else if (!next.isBlank()) {
        before = next;
        isBeneath = false;
      }
    }
    return new Guide(name, lines);
  }

  private static boolean isAnnounced(String before) {
    return before.endsWith("Response:") || before.equals("Or on failure:");
  }

  private static boolean isOpenCommand(String text) {
    return text.endsWith("\\") || text.chars().filter(c -> c == '\'').count() % 2 == 1;
  }

  private static String whole(String first, List<String> rest, Predicate<String> isOpen) {
    StringBuilder text = new StringBuilder(first);
    while (isOpen.test(text.toString()) && !rest.isEmpty()) {
      text.append('\n').append(rest.remove(0));
    }
    return text.toString();
  }

  /** As a resource. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.curl()).append("\n\n");
      line.answers().forEach(answer -> text.append("Response:\n").append(answer).append("\n\n"));
    }
    return text.toString();
  }
}
