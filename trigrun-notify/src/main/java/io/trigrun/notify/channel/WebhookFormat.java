package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import java.util.Locale;

/** Which JSON a webhook gets. */
enum WebhookFormat {
  /** That of the guide (row N2). */
  TRIGRUN,
  /** That of cheek (row N8). */
  CHEEK;

  /** Reads the setting; the guide's unless it is set. */
  static WebhookFormat of(Settings settings) {
    String word = settings.text(WebhookChannel.FORMAT).orElse(TRIGRUN.wireName());
    for (WebhookFormat format : values()) {
      if (format.wireName().equals(word)) {
        return format;
      }
    }
    Problems.require(false, Settings.field(WebhookChannel.FORMAT), "trigrun or cheek", word);
    return TRIGRUN;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
