package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import java.util.Locale;

/** How a chat message looks. */
enum ChatFormat {
  /** All that the medium has. */
  RICH,
  /** One text, as older tools sent it (row N8). */
  PLAIN;

  /** Reads a setting; rich unless it is set. */
  static ChatFormat of(Settings settings, String name) {
    String word = settings.text(name).orElse(RICH.wireName());
    for (ChatFormat format : values()) {
      if (format.wireName().equals(word)) {
        return format;
      }
    }
    Problems.require(false, Settings.field(name), "rich or plain", word);
    return RICH;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
