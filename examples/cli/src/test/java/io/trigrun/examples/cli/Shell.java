package io.trigrun.examples.cli;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Somebody at a keyboard: types commands, and sees what they print. */
final class Shell {

  static final String TOKEN = "trk_0123456789abcdef0123456789abcdef";

  private final Map<String, String> environment = new HashMap<>();
  private Screen screen = Screen.PLAIN;
  private byte[] input = {};
  private Optional<String> typed = Optional.empty();

  /** What a command came to. */
  record Result(int exitCode, String out, String err) {

    String all() {
      return out + err;
    }
  }

  static Shell at(WireMockRuntimeInfo server) {
    return new Shell()
        .with("TRIGRUN_API_URL", server.getHttpBaseUrl())
        .with("TRIGRUN_TOKEN", TOKEN);
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Shell without(String variable) {
    environment.remove(variable);
    return this;
  }

  Shell terminal(int columns) {
    screen = new Screen(true, columns, false);
    return this;
  }

  Shell colours() {
    screen = new Screen(true, 200, true);
    return this;
  }

  Shell piped(String text) {
    return piped(text.getBytes(StandardCharsets.UTF_8));
  }

  Shell piped(byte[] bytes) {
    input = bytes.clone();
    return this;
  }

  /** When asked. */
  Shell types(String text) {
    typed = Optional.of(text);
    return this;
  }

  /** A line as it stands in a guide, whose first word is the name of the program. */
  Result line(String line) {
    String[] words = line.split(" ", -1);
    return call(words[0], Arrays.copyOfRange(words, 1, words.length));
  }

  Result run(String... arguments) {
    return call("trigrun", arguments);
  }

  private Result call(String name, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Output output = new Output(stream(out), stream(err), screen);
    Input keyboard = new Input(new ByteArrayInputStream(input), question -> typed);
    Session session = new Session(environment, keyboard, output, new FastTime());
    int exitCode = Trigrun.run(session, name, arguments);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Passes when somebody waits, and only then. */
  private static final class FastTime implements Time {

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void pass(Duration span) {
      now = now.plus(span);
    }
  }
}
