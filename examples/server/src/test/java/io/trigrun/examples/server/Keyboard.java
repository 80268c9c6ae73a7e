package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.examples.cli.Trigrun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who types commands of the command line itself, and reads what it says. */
record Keyboard(Map<String, String> environment, String piped, Consumer<String> reads) {

  static Keyboard at(String url, String token) {
    return new Keyboard(Map.of("TRIGRUN_API_URL", url, "TRIGRUN_TOKEN", token), "", text -> {});
  }

  Keyboard pipes(String text) {
    return new Keyboard(environment, text, reads);
  }

  /** Is given what stands on standard output so far, as often as there is more. */
  Keyboard reading(Consumer<String> reader) {
    return new Keyboard(environment, piped, reader);
  }

  /** What a command came to. */
  record Said(int exitCode, String out, String err) {

    String all() {
      return out + err;
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }

    /** A value of the JSON. */
    String at(String pointer) {
      return json().at(pointer).asString();
    }
  }

  /** A line whose first word is the name of the program. */
  Said types(String line) {
    List<String> words = Curl.words(line, "");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream watched =
        new OutputStream() {
          @Override
          public void write(int value) {
            out.write(value);
            if (value == '\n') {
              reads.accept(out.toString(UTF_8));
            }
          }
        };
    int exitCode =
        Trigrun.run(
            environment,
            new ByteArrayInputStream(piped.getBytes(UTF_8)),
            new PrintStream(watched, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            words.get(0),
            words.subList(1, words.size()).toArray(String[]::new));
    return new Said(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** One that is done. */
  Said does(String line) {
    Said said = types("trigrun " + line);
    assertThat(said.exitCode()).as("%s%n%s", line, said.err()).isZero();
    return said;
  }

  /** The id of what a command has made. */
  String makes(String line) {
    return does(line + " --json").at("/id");
  }
}
