package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of a Telegram chat, checked.
 *
 * @param chatId a number or an {@code @name}
 * @param settings what it was read from: a group that moves keeps all of it but the chat
 */
record TelegramConfig(
    String botToken,
    String chatId,
    Optional<Long> messageThreadId,
    boolean linkPreviewDisabled,
    boolean includeOutput,
    Settings settings) {

  private static final Pattern TOKEN = Pattern.compile("\\d{1,20}:[A-Za-z0-9_-]{1,200}");
  private static final Pattern CHAT =
      Pattern.compile("-?[1-9]\\d{0,15}|@[A-Za-z][A-Za-z0-9_]{3,31}");
  private static final Pattern THREAD = Pattern.compile("[1-9]\\d{0,15}");

  static TelegramConfig of(Settings settings) {
    SettingsReader reader = new SettingsReader();
    String token = reader.read(() -> token(settings), "");
    String chat = reader.read(() -> chat(settings), "");
    Optional<Long> thread = reader.read(() -> thread(settings), Optional.empty());
    boolean previewless = reader.read(() -> previewless(settings), true);
    boolean output = reader.read(() -> settings.flag(TelegramChannel.INCLUDE_OUTPUT), false);
    reader.finish();
    return new TelegramConfig(token, chat, thread, previewless, output, settings);
  }

  private static String token(Settings settings) {
    String token = settings.text(TelegramChannel.BOT_TOKEN).orElse("");
    Problems.require(
        TOKEN.matcher(token).matches(),
        Settings.field(TelegramChannel.BOT_TOKEN),
        "the token of a bot, 123456:ABC-DEF... for example",
        "a text of " + token.length() + " characters that is none");
    return token;
  }

  private static String chat(Settings settings) {
    String chat = settings.text(TelegramChannel.CHAT_ID).orElse("");
    Problems.require(
        CHAT.matcher(chat).matches(),
        Settings.field(TelegramChannel.CHAT_ID),
        "a number as text (negative for groups) or the @name of a public group or channel",
        VisibleText.line(chat));
    return chat;
  }

  /** A number; as text, too, as the ids of chats are given. */
  private static Optional<Long> thread(Settings settings) {
    String name = TelegramChannel.MESSAGE_THREAD_ID;
    Object value = settings.values().getOrDefault(name, "");
    if (!settings.names().contains(name)) {
      return Optional.empty();
    }
    if ((value instanceof Long || value instanceof String)
        && THREAD.matcher(value.toString()).matches()) {
      return Optional.of(Long.valueOf(value.toString()));
    }
    throw new ValidationException(
        List.of(
            new Problem(
                Settings.field(name),
                "a whole number, 1 or more",
                value instanceof Long || value instanceof String
                    ? VisibleText.line(Truncate.to(value.toString(), 80))
                    : value.getClass().getSimpleName())));
  }

  private static boolean previewless(Settings settings) {
    String name = TelegramChannel.DISABLE_WEB_PAGE_PREVIEW;
    return !settings.names().contains(name) || settings.flag(name);
  }

  /** Neither the token nor the settings that hold it. */
  @Override
  public String toString() {
    return "TelegramConfig[" + chatId + "]";
  }
}
