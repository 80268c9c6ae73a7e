package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.trigrun.notify.internal.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Microsoft's renderer of adaptive cards, which is JavaScript: {@code src/test/adaptive-cards} in a
 * process of node, one for each JVM, that ends when its input does. The build installs it where
 * there is npm.
 */
final class CardRenderer {

  static final String MISSING =
      "Skipped: the renderer of adaptive cards is not installed, so none was drawn;"
          + " it needs npm and node 20 or newer on the PATH, and a build by Maven";

  private static final Path HOME = Path.of("target", "adaptive-cards");
  private static final Optional<CardRenderer> HERE =
      Files.exists(HOME.resolve("node_modules/installed"))
          ? Optional.of(new CardRenderer())
          : Optional.empty();

  private final Writer cards;
  private final BufferedReader answers;

  private CardRenderer() {
    try {
      Process node =
          new ProcessBuilder("node", "render.mjs")
              .directory(HOME.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      cards = node.outputWriter(UTF_8);
      answers = node.inputReader(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty where it is not installed. */
  static Optional<CardRenderer> here() {
    return HERE;
  }

  /**
   * @param problems errors and warnings of reading the card, and names that the renderer dropped
   * @param texts what its text runs show
   * @param buttons titles of its buttons
   * @param live all else that does something or loads something, as HTML
   */
  record Drawn(
      List<String> problems, List<String> texts, List<String> buttons, List<String> live) {}

  synchronized Drawn draw(JsonNode card) {
    try {
      cards.write(JsonText.write(card) + "\n");
      cards.flush();
      JsonNode answer =
          JsonText.read(requireNonNull(answers.readLine(), "the renderer ended, see stderr"));
      return new Drawn(
          texts(answer, "problems"),
          texts(answer, "texts"),
          texts(answer, "buttons"),
          texts(answer, "live"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode answer, String name) {
    return answer.required(name).valueStream().map(JsonNode::stringValue).toList();
  }
}
