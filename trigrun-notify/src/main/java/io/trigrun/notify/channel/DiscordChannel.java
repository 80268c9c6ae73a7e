package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import java.util.List;

/**
 * A channel that posts to a Discord channel by its webhook (row N5). Immutable; {@link #toString}
 * does not show the URL, which is a credential. Everything is checked when the channel is saved.
 */
public final class DiscordChannel extends BuiltInChannel {

  static final String TYPE = "discord";
  static final String WEBHOOK_URL = "webhook_url";
  static final String THREAD_ID = "thread_id";
  static final String MENTION_ROLE_IDS = "mention_role_ids";
  static final String INCLUDE_OUTPUT = "include_output";
  static final String FORMAT = "format";

  private DiscordChannel(String name, Settings settings) {
    super(TYPE, name, settings);
  }

  /**
   * A channel that mentions nobody and leaves the output out.
   *
   * @param name unique within the workspace, 1 to 100 characters
   * @param webhookUrl what Discord shows for a webhook: {@code
   *     https://discord.com/api/webhooks/...}
   */
  public static DiscordChannel of(String name, String webhookUrl) {
    return new DiscordChannel(name, Settings.empty().with(WEBHOOK_URL, webhookUrl));
  }

  /** Posts to a thread of the channel; forums want one. 1 to 20 digits. Default: none. */
  public DiscordChannel threadId(String id) {
    return new DiscordChannel(name(), settings().with(THREAD_ID, id));
  }

  /**
   * Mentions these roles in each message, as far as they may be mentioned. At most 50 ids of 1 to
   * 20 digits. Default: none.
   */
  public DiscordChannel mentionRoleIds(List<String> ids) {
    return new DiscordChannel(name(), settings().with(MENTION_ROLE_IDS, ids));
  }

  /** Whether messages show what the job has said. Default: no. */
  public DiscordChannel includeOutput(boolean include) {
    return new DiscordChannel(name(), settings().with(INCLUDE_OUTPUT, include));
  }

  /**
   * Posts the older format (row N8) instead of embeds: {@code {"content": "name (exitcode
   * 0):\nlog"}}. It always holds the log.
   */
  public DiscordChannel plain() {
    return new DiscordChannel(name(), settings().with(FORMAT, SettingWord.of(ChatFormat.PLAIN)));
  }
}
