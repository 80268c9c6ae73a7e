package io.trigrun.crontab;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names for jobs whose lines have none: what is run, to be recognised, and a digest of the command,
 * to be unique. A command that comes again gets a number, so that adding a line renames no other.
 */
final class JobNames {

  private static final Pattern PROGRAM =
      Pattern.compile(
          "(?:[A-Za-z_][A-Za-z0-9_]*=\\S*\\s+)*(?:\\S*/)?(?<program>[A-Za-z0-9._-]{1,40})");

  /** What a call is known by is its host, not the program. */
  private static final Pattern HOST =
      Pattern.compile("https?://(?<host>[A-Za-z0-9.-]{1,80})(?=[:/?#\\s\"']|$)");

  private static final int DIGEST = 8;

  /** A label is found near the beginning or not at all. */
  private static final int LONGEST_READ = 500;

  private final Map<String, Integer> used = new HashMap<>();

  String next(String command) {
    String name = label(command) + "-" + digest(command);
    int count = used.merge(name, 1, Integer::sum);
    return count == 1 ? name : name + "-" + count;
  }

  private static String label(String whole) {
    String command = whole.substring(0, Math.min(whole.length(), LONGEST_READ));
    Matcher program = PROGRAM.matcher(command);
    String label = program.lookingAt() ? program.group("program") : "command";
    Matcher host = HOST.matcher(command);
    return label.equals("curl") && host.find() ? host.group("host") : label;
  }

  private static String digest(String command) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(command.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected SHA-256, which every JVM has", e);
    }
  }
}
