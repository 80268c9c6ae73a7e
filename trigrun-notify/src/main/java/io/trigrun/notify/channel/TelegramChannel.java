package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;

/**
 * A channel that writes to a Telegram chat as a bot (row N6). Immutable; {@link #toString} does not
 * show the token. Everything is checked when the channel is saved.
 */
public final class TelegramChannel extends BuiltInChannel {

  static final String TYPE = "telegram";
  static final String BOT_TOKEN = "bot_token";
  static final String CHAT_ID = "chat_id";
  static final String MESSAGE_THREAD_ID = "message_thread_id";
  static final String DISABLE_WEB_PAGE_PREVIEW = "disable_web_page_preview";
  static final String INCLUDE_OUTPUT = "include_output";

  private TelegramChannel(String name, Settings settings) {
    super(TYPE, name, settings);
  }

  /**
   * A chat without topic, link previews and output.
   *
   * @param name unique within the workspace, 1 to 100 characters
   * @param botToken as BotFather gave it, {@code 123456:ABC-DEF...}
   * @param chatId a number, negative for groups, or the {@code @name} of a public group or channel
   */
  public static TelegramChannel of(String name, String botToken, String chatId) {
    return new TelegramChannel(
        name, Settings.empty().with(BOT_TOKEN, botToken).with(CHAT_ID, chatId));
  }

  /** The topic of a group with topics, 1 or more. Default: none. */
  public TelegramChannel messageThreadId(long id) {
    return new TelegramChannel(name(), settings().with(MESSAGE_THREAD_ID, id));
  }

  /** Whether links are shown without a preview of where they lead. Default: yes. */
  public TelegramChannel disableWebPagePreview(boolean disable) {
    return new TelegramChannel(name(), settings().with(DISABLE_WEB_PAGE_PREVIEW, disable));
  }

  /** Whether messages show the start of what a job or its target said. Default: no. */
  public TelegramChannel includeOutput(boolean include) {
    return new TelegramChannel(name(), settings().with(INCLUDE_OUTPUT, include));
  }
}
