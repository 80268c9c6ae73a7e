package io.trigrun.notify.channel;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts for places where Slack looks for markup ({@code text} and {@code mrkdwn} objects). Of
 * {@code plain_text} and {@code rich_text} it reads none.
 */
final class SlackText {

  private static final String UNLINKING = "\u200B"; // has no width, so an address falls in two
  private static final String UNQUOTING = "\u00AD"; // the same; a line that begins with it is none
  private static final Pattern ADDRESS =
      Pattern.compile("(?<=:)(?=//)|(?<=[\\p{L}\\p{N}]\\.)(?=\\p{L})|(?<=@)(?=[\\p{L}\\p{N}])");
  private static final Pattern EMOJI = Pattern.compile("(?<=:)(?=[\\p{L}+-])");
  private static final Pattern QUOTE = Pattern.compile("(?m)^(?=[ \t]*[>\uFF1E])");
  private static final Pattern USER = Pattern.compile("U(?=\\D*\\d)[A-Z0-9]{8,20}");
  private static final Pattern GROUP = Pattern.compile("S(?=\\D*\\d)[A-Z0-9]{8,20}");

  private SlackText() {}

  /**
   * Text that stays what it is: it mentions nobody, links nowhere and is not formatted. Slack knows
   * no way to quote its marks, so those that could begin something become others that look alike.
   */
  static String inert(String text) {
    String unmarked = unmarked(text); // first: some of what looks alike are letters
    String unlinked = ADDRESS.matcher(unmarked).replaceAll(UNLINKING);
    unlinked = EMOJI.matcher(unlinked).replaceAll(UNLINKING);
    return escape(QUOTE.matcher(unlinked).replaceAll(UNQUOTING));
  }

  /** As entities, the three characters that Slack asks for and no other. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * What a channel's settings say about whom to mention: the words {@code @channel}, {@code @here},
   * {@code @everyone} and ids of users and groups become mentions, all else stays text. Never for
   * texts of events.
   */
  static String mentions(String configured) {
    return Stream.of(configured.strip().split("\\s+"))
        .map(SlackText::mention)
        .collect(Collectors.joining(" "));
  }

  private static String mention(String word) {
    return switch (word) {
      case "@channel", "@here", "@everyone" -> "<!" + word.substring(1) + ">";
      default -> {
        if (USER.matcher(word).matches()) {
          yield "<@" + word + ">";
        }
        yield GROUP.matcher(word).matches() ? "<!subteam^" + word + ">" : inert(word);
      }
    };
  }

  private static String unmarked(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char mark = text.charAt(i);
      boolean inWord = i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
      plain.append(mark == '`' || !inWord ? lookalike(mark) : mark);
    }
    return plain.toString();
  }

  /**
   * A mark inside or after a word begins nothing: names such as {@code my_job} stay as they are.
   */
  private static char lookalike(char mark) {
    return switch (mark) {
      case '*' -> '\u2217';
      case '_' -> '\u02CD';
      case '~' -> '\u223C';
      case '`' -> '\u02CB';
      default -> mark;
    };
  }
}
