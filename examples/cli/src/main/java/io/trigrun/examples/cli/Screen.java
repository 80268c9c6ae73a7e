package io.trigrun.examples.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What standard output goes to.
 *
 * @param isTerminal whether lines can be written over
 */
record Screen(boolean isTerminal, int columns, boolean colours) {

  /** A file, a pipe. */
  static final Screen PLAIN = new Screen(false, 80, false);

  private static final String SIZE = "test -t 1 && stty size <&1 >&2";
  private static final String RESET = "\u001b[0m";

  /** Asks the system; what can't be found out is taken for a file. */
  static Screen find(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    if (term.isEmpty() || term.equals("dumb")) {
      return PLAIN;
    }
    String[] size = size().split(" ", -1);
    if (size.length != 2) {
      return PLAIN;
    }
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
    int columns = Integer.parseInt(size[1]);
    return new Screen(true, columns == 0 ? PLAIN.columns : columns, colours);
  }

  /** Rows and columns of the terminal, or nothing. */
  private static String size() {
    try {
      Process shell = new ProcessBuilder("sh", "-c", SIZE).redirectOutput(Redirect.INHERIT).start();
      shell.getOutputStream().close();
      if (!shell.waitFor(2, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
        return "";
      }
      byte[] said = shell.getErrorStream().readAllBytes();
      String text = new String(said, StandardCharsets.US_ASCII).strip();
      return text.matches("\\d{1,4} \\d{1,4}") ? text : "";
    } catch (IOException e) { // no sh here
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  Screen indented() {
    return new Screen(isTerminal, columns - 2, colours);
  }

  String bold(String text) {
    return colours ? "\u001b[1m" + text + RESET : text;
  }

  /** In the colour of the state it names, if it names one. */
  String shaded(String text) {
    int colour =
        switch (text) {
          case "succeeded", "SUCCESS", "sent", "up", "active" -> 32;
          case "failed", "down", "cancelled", "TIMEOUT", "CONNECTION_ERROR", "HTTP_ERROR" -> 31;
          case "running", "queued", "waiting", "pending", "processing", "paused" -> 33;
          default -> 0;
        };
    return colours && colour != 0 ? "\u001b[" + colour + "m" + text + RESET : text;
  }
}
