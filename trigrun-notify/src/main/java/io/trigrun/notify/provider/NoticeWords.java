package io.trigrun.notify.provider;

import io.trigrun.notify.internal.Beginning;
import io.trigrun.notify.internal.OneLine;

/** Makes any text fit for a {@link Notice}. */
final class NoticeWords {

  private static final int LONGEST_TITLE = 250;
  private static final int LONGEST_TEXT = 4_096;

  private NoticeWords() {}

  /** One line of at most 250 characters. */
  static String line(String text) {
    return Beginning.marked(OneLine.of(text), LONGEST_TITLE);
  }

  /** At most 4,096 characters. */
  static String text(String text) {
    return Beginning.marked(text, LONGEST_TEXT);
  }
}
