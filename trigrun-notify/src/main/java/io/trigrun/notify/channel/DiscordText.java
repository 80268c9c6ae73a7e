package io.trigrun.notify.channel;

import java.util.regex.Pattern;

/** Texts for places where Discord looks for Markdown, mentions and links: all but footers. */
final class DiscordText {

  private static final String BREAK = "\u200B"; // has no width
  private static final Pattern ANYWHERE = Pattern.compile("[\\\\*_~`|<>\\[\\]]");
  private static final Pattern AT_LINE_START =
      Pattern.compile("(?m)^([ \t]*)(?=[#+-])|(?m)^([ \t]*\\p{Nd}+)(?=[.)])");
  private static final Pattern ADDRESS =
      Pattern.compile("(?=:[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}])(?=\\.\\p{L})");
  private static final Pattern MENTION = Pattern.compile("(?<=[@<])(?=\\S)|(?<=:)(?=//)");
  private static final Pattern FENCE = Pattern.compile("(?<=`)(?=`)");

  private DiscordText() {}

  /**
   * Text that stays what it is: backslashes before what would mark up or link, and a character
   * without width in what would mention or be previewed, which the server reads without regard to
   * backslashes.
   */
  static String inert(String text) {
    String broken = MENTION.matcher(text).replaceAll(BREAK);
    String escaped = ANYWHERE.matcher(broken).replaceAll("\\\\$0");
    escaped = AT_LINE_START.matcher(escaped).replaceAll("$1$2\\\\");
    return ADDRESS.matcher(escaped).replaceAll("\\\\");
  }

  /** A block of code: nothing in it is read, and in an embed nothing mentions anyway. */
  static String fenced(String text) {
    return "```\n" + FENCE.matcher(text).replaceAll(BREAK) + "\n```";
  }
}
