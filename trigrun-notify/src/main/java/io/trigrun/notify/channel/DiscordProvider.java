package io.trigrun.notify.channel;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.ProviderSpec.Field;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import io.trigrun.route.Shape;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Posts the JSON of {@link DiscordPayload} to a webhook of Discord. */
final class DiscordProvider implements HttpChannelProvider<DiscordConfig> {

  /** Discord asks for this form, and may turn away who does not use it. */
  static final String USER_AGENT = "DiscordBot (https://trigrun.com, 0.1)";

  private static final ProviderSpec SPEC =
      new ProviderSpec(
          DiscordChannel.TYPE,
          List.of(
              Field.required(DiscordChannel.WEBHOOK_URL)
                  .asSecret()
                  .asDestination()
                  .alsoSpelled("url")
                  .of(Shape.text("the URL of a webhook").format("uri")),
              Field.optional(DiscordChannel.THREAD_ID)
                  .of(Shape.text("a thread of a forum channel, by its id")),
              Field.optional(DiscordChannel.MENTION_ROLE_IDS)
                  .of(Shape.list("roles to mention", Shape.text("the id of a role"))),
              Field.optional(DiscordChannel.INCLUDE_OUTPUT)
                  .of(
                      Shape.flag(
                          "whether messages show the start of what the job or its target said; false by default")),
              Field.optional(DiscordChannel.FORMAT)
                  .of(SettingWord.shape("how messages look; rich by default", ChatFormat.class))),
          List.of("discord.com", "discordapp.com"));

  @Override
  public ProviderSpec spec() {
    return SPEC;
  }

  @Override
  public DiscordConfig config(Settings settings) {
    return DiscordConfig.of(settings);
  }

  @Override
  public Rendering render(DiscordConfig config, Message message) {
    return new Rendering("application/json", DiscordPayload.of(config, message));
  }

  @Override
  public OutboundRequest request(DiscordConfig config, Rendering rendering, DeliveryStamp stamp) {
    return new OutboundRequest(config.url(), Map.of("User-Agent", USER_AGENT), rendering.bytes());
  }

  @Override
  public DeliveryOutcome classify(DiscordConfig config, HttpReply reply, Instant now) {
    return DiscordAnswers.classify(reply, now);
  }
}
