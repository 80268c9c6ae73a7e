package io.trigrun.monitor;

import java.util.Optional;

/**
 * Who pinged, as far as the host knows. Kept as text for people to read: what is too long is cut,
 * and characters that no log should show become {@code ?}.
 *
 * @param address of the caller, 64 characters of it
 * @param userAgent as the caller says, 200 characters of it
 */
public record PingSource(Optional<String> address, Optional<String> userAgent) {

  private static final int LONGEST_ADDRESS = 64;
  private static final int LONGEST_USER_AGENT = 200;
  private static final PingSource UNKNOWN = new PingSource(Optional.empty(), Optional.empty());

  public PingSource {
    address = address.map(text -> cleaned(text, LONGEST_ADDRESS));
    userAgent = userAgent.map(text -> cleaned(text, LONGEST_USER_AGENT));
  }

  /** A caller of whom both are known. */
  public static PingSource of(String address, String userAgent) {
    return new PingSource(Optional.of(address), Optional.of(userAgent));
  }

  /** Nobody knows who. */
  public static PingSource unknown() {
    return UNKNOWN;
  }

  private static String cleaned(String text, int longest) {
    StringBuilder kept = new StringBuilder(Math.min(text.length(), longest));
    text.codePoints()
        .limit(longest)
        .map(point -> isShowable(point) ? point : '?')
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isShowable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
