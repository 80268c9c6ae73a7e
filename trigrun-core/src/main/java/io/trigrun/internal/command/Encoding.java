package io.trigrun.internal.command;

import io.trigrun.command.CommandAction;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arguments reach a process as bytes, in an encoding that the JVM takes from its locale; what that
 * has no bytes for would become question marks.
 */
final class Encoding {

  private static final Charset CHARSET = charset();

  private Encoding() {}

  /** The JVM encodes arguments in its default charset, since 18 in that of the locale. */
  private static Charset charset() {
    String ofLocale = System.getProperty("sun.jnu.encoding", "");
    return Runtime.version().feature() >= 18 && !ofLocale.isEmpty() && Charset.isSupported(ofLocale)
        ? Charset.forName(ofLocale)
        : Charset.defaultCharset();
  }

  /** What could not reach the process as it is; empty if all can. */
  static Optional<String> misfit(CommandAction action, Map<String, String> variables) {
    CharsetEncoder encoder = CHARSET.newEncoder();
    List<String> line = action.commandLine();
    for (int i = 0; i < line.size(); i++) {
      if (!encoder.canEncode(line.get(i))) {
        return Optional.of(
            action.shell().isPresent() ? "command.shell" : "command.arguments[" + i + "]");
      }
    }
    if (!encoder.canEncode(action.workingDirectory().orElse(""))) {
      return Optional.of("command.working_directory");
    }
    return variables.entrySet().stream()
        .filter(variable -> !fits(variable.getValue(), encoder))
        .map(variable -> "command.environment." + variable.getKey())
        .findFirst();
  }

  /** NUL ends a variable, and the JVM's complaint of it would quote a secret. */
  private static boolean fits(String value, CharsetEncoder encoder) {
    return value.indexOf('\0') < 0 && encoder.canEncode(value);
  }
}
