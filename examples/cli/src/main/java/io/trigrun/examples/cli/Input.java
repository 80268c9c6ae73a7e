package io.trigrun.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Texts that are too long or too secret for an argument. */
final class Input {

  private static final int LONGEST = 4 * 1024 * 1024;
  private static final int HIDDEN = 0;
  private static final int PIPED = 1;
  private static final int SEEN = 2;
  private static final String WHAT_IS_TYPED =
      "test -t 0 || exit %d; test -t 1 || exit %d".formatted(PIPED, SEEN);

  private final InputStream in;
  private final Function<String, Optional<String>> prompt;

  /**
   * @param prompt asks somebody and does not show what is typed; empty if nobody is there
   */
  Input(InputStream in, Function<String, Optional<String>> prompt) {
    this.in = in;
    this.prompt = prompt;
  }

  /** All of a file, or of standard input if its name is a dash. */
  String text(String file) {
    return file.equals("-") ? text(in, "standard input") : file(file);
  }

  /**
   * A secret: from a file, from somebody who is asked, or from standard input. One line break at
   * the end is none of it.
   */
  String secret(Optional<String> file, String question) {
    String text = file.map(this::text).or(() -> prompt.apply(question)).orElseGet(() -> text("-"));
    String secret = text.replaceFirst("\\r?\\n\\z", "");
    if (secret.isEmpty()) {
      throw Failure.usage("expected a value on standard input or in --value-file, got nothing");
    }
    return secret;
  }

  private static String file(String name) {
    try (InputStream file = Files.newInputStream(Path.of(name))) {
      return text(file, name);
    } catch (NoSuchFileException e) {
      throw Failure.usage(name + ": no such file");
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.usage(name + " can't be read: " + e.getMessage());
    }
  }

  private static String text(InputStream in, String name) {
    try {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw Failure.usage(name + ": expected at most " + LONGEST + " bytes, got more");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Failure.usage(name + ": expected UTF-8");
    } catch (IOException e) {
      throw Failure.usage(name + " can't be read: " + e.getMessage());
    }
  }

  /** Of a program whose input is a terminal or not. */
  static Input ofSystem() {
    return new Input(System.in, Input::ask);
  }

  private static Optional<String> ask(String question) {
    int seen = whatIsTyped();
    if (seen == PIPED) {
      return Optional.empty();
    }
    char[] typed =
        seen == SEEN
            ? null
            : Optional.ofNullable(System.console())
                .map(console -> console.readPassword("%s", question))
                .orElse(null);
    if (typed == null) {
      throw Failure.usage(
          "nobody can be asked here, as output goes elsewhere; give --value-file or a pipe");
    }
    return Optional.of(new String(typed));
  }

  /** Java hides what is typed only if input and output are one terminal, and else can't tell. */
  private static int whatIsTyped() {
    try {
      return new ProcessBuilder("sh", "-c", WHAT_IS_TYPED).inheritIO().start().waitFor();
    } catch (IOException e) { // no sh here
      return Optional.ofNullable(System.console()).isPresent() ? HIDDEN : PIPED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PIPED;
    }
  }
}
