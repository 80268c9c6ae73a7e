package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;

/**
 * A channel that posts to a Slack channel by an incoming webhook (row N4). Immutable; {@link
 * #toString} does not show the URL, which is a credential. Everything is checked when the channel
 * is saved.
 */
public final class SlackChannel extends BuiltInChannel {

  static final String TYPE = "slack";
  static final String WEBHOOK_URL = "webhook_url";
  static final String MENTION_TEXT = "mention_text";
  static final String INCLUDE_OUTPUT = "include_output";
  static final String FORMAT = "format";

  private SlackChannel(String name, Settings settings) {
    super(TYPE, name, settings);
  }

  /**
   * A channel that mentions nobody and leaves the output out.
   *
   * @param name unique within the workspace, 1 to 100 characters
   * @param webhookUrl what Slack shows for an incoming webhook: {@code
   *     https://hooks.slack.com/services/...}
   */
  public static SlackChannel of(String name, String webhookUrl) {
    return new SlackChannel(name, Settings.empty().with(WEBHOOK_URL, webhookUrl));
  }

  /**
   * Stands before each message. The words {@code @channel}, {@code @here}, {@code @everyone} and
   * ids of users ({@code U024BE7LH}) and groups ({@code S0614TZR7}) mention; all else is text. 1 to
   * 200 characters in one line. Default: none.
   */
  public SlackChannel mentionText(String text) {
    return new SlackChannel(name(), settings().with(MENTION_TEXT, text));
  }

  /** Whether messages show what the job has said. Default: no. */
  public SlackChannel includeOutput(boolean include) {
    return new SlackChannel(name(), settings().with(INCLUDE_OUTPUT, include));
  }

  /**
   * Posts the older format (row N8) instead of blocks: {@code {"text": "name (exitcode 0):\nlog"}}.
   * It always holds the log.
   */
  public SlackChannel plain() {
    return new SlackChannel(name(), settings().with(FORMAT, SettingWord.of(ChatFormat.PLAIN)));
  }
}
