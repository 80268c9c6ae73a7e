package io.trigrun.notify.channel;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.ProviderSpec.Field;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import io.trigrun.route.Shape;
import io.trigrun.validation.Problems;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes to a chat by {@code sendMessage}, as HTML. What is rendered says nothing of the chat: a
 * group that moves gets the same message in its new place.
 */
final class TelegramProvider implements HttpChannelProvider<TelegramConfig> {

  private static final URI PUBLIC_API = URI.create("https://api.telegram.org");

  private final String api;
  private final ProviderSpec spec;

  TelegramProvider() {
    this(PUBLIC_API);
  }

  /**
   * One that talks to another server of the Bot API.
   *
   * @param api absolute, http or https, without query and fragment; a path stays in front of {@code
   *     /bot...}
   */
  TelegramProvider(URI api) {
    Problems.require(
        api.getHost() != null
            && ("https".equalsIgnoreCase(api.getScheme())
                || "http".equalsIgnoreCase(api.getScheme()))
            && api.getRawQuery() == null
            && api.getRawFragment() == null
            && api.getRawUserInfo() == null,
        "telegram_api_url",
        "an absolute http or https URL without query, fragment and user name",
        api.getHost() == null ? "one without host" : "another one of " + api.getHost());
    this.api = api.toString().replaceFirst("/+$", "");
    spec =
        new ProviderSpec(
            TelegramChannel.TYPE,
            List.of(
                Field.required(TelegramChannel.BOT_TOKEN)
                    .asSecret()
                    .asDestination()
                    .of(Shape.text("the token of the bot, from BotFather")),
                Field.required(TelegramChannel.CHAT_ID)
                    .asDestination()
                    .of(
                        Shape.text(
                            "a number as text, negative for groups, or the @name of a public group or channel")),
                Field.optional(TelegramChannel.MESSAGE_THREAD_ID)
                    .of(Shape.any("the topic of a forum, by its id: a number, as text or not")),
                Field.optional(TelegramChannel.DISABLE_WEB_PAGE_PREVIEW)
                    .of(Shape.flag("whether links have no preview; true by default")),
                Field.optional(TelegramChannel.INCLUDE_OUTPUT)
                    .of(
                        Shape.flag(
                            "whether messages show the start of what the job or its target said; false by default"))),
            List.of(api.getHost()));
  }

  @Override
  public ProviderSpec spec() {
    return spec;
  }

  @Override
  public TelegramConfig config(Settings settings) {
    return TelegramConfig.of(settings);
  }

  @Override
  public Rendering render(TelegramConfig config, Message message) {
    Notice notice = message.notice();
    Notice shown = config.includeOutput() ? notice : notice.withOutput(Optional.empty());
    ObjectNode json = JsonText.object().put("text", TelegramText.of(shown, message.at()));
    json.put("parse_mode", "HTML");
    json.putObject("link_preview_options").put("is_disabled", config.linkPreviewDisabled());
    return new Rendering("application/json", JsonText.write(json));
  }

  @Override
  public OutboundRequest request(TelegramConfig config, Rendering rendering, DeliveryStamp stamp) {
    ObjectNode json = JsonText.object();
    if (config.chatId().startsWith("@")) {
      json.put("chat_id", config.chatId());
    } else {
      json.put("chat_id", Long.parseLong(config.chatId()));
    }
    config.messageThreadId().ifPresent(id -> json.put("message_thread_id", id));
    JsonText.read(rendering.body())
        .properties()
        .forEach(entry -> json.set(entry.getKey(), entry.getValue()));
    return new OutboundRequest(
        URI.create(api + "/bot" + config.botToken() + "/sendMessage"),
        Map.of(),
        JsonText.write(json).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public DeliveryOutcome classify(TelegramConfig config, HttpReply reply, Instant now) {
    return TelegramAnswer.of(reply, now).outcome(config);
  }
}
