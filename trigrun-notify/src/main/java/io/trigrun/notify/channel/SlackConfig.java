package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import java.net.URI;
import java.util.Optional;

/**
 * The settings of a Slack channel, checked.
 *
 * @param mentions in Slack's notation, or empty
 */
record SlackConfig(URI url, String mentions, boolean includeOutput, ChatFormat format) {

  private static final int LONGEST_MENTION_TEXT = 200;

  static SlackConfig of(Settings settings) {
    SettingsReader reader = new SettingsReader();
    URI url = reader.secretUrl(settings, SlackChannel.WEBHOOK_URL);
    String mentions = reader.read(() -> mentions(settings), "");
    boolean output = reader.read(() -> settings.flag(SlackChannel.INCLUDE_OUTPUT), false);
    ChatFormat format =
        reader.read(
            () -> SettingWord.read(settings, SlackChannel.FORMAT, ChatFormat.RICH),
            ChatFormat.RICH);
    reader.finish();
    return new SlackConfig(url, mentions, output, format);
  }

  private static String mentions(Settings settings) {
    Optional<String> text = settings.text(SlackChannel.MENTION_TEXT);
    text.ifPresent(
        t ->
            Problems.require(
                !VisibleText.isBlank(t)
                    && t.length() <= LONGEST_MENTION_TEXT
                    && VisibleText.line(t).equals(t.strip()),
                Settings.field(SlackChannel.MENTION_TEXT),
                "1 to " + LONGEST_MENTION_TEXT + " characters in one line",
                t));
    return text.map(SlackText::mentions).orElse("");
  }

  @Override
  public String toString() {
    return "SlackConfig[" + url.getHost() + "]";
  }
}
