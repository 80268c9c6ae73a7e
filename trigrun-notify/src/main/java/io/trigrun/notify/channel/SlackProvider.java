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

/** Posts the JSON of {@link SlackPayload} to an incoming webhook of Slack. */
final class SlackProvider implements HttpChannelProvider<SlackConfig> {

  private static final ProviderSpec SPEC =
      new ProviderSpec(
          SlackChannel.TYPE,
          List.of(
              Field.required(SlackChannel.WEBHOOK_URL)
                  .asSecret()
                  .asDestination()
                  .alsoSpelled("url")
                  .of(Shape.text("the URL of an incoming webhook").format("uri")),
              Field.optional(SlackChannel.MENTION_TEXT)
                  .of(Shape.text("stands before each message: @channel, @here")),
              Field.optional(SlackChannel.INCLUDE_OUTPUT)
                  .of(
                      Shape.flag(
                          "whether messages show the start of what the job or its target said; false by default")),
              Field.optional(SlackChannel.FORMAT)
                  .of(SettingWord.shape("how messages look; rich by default", ChatFormat.class))),
          List.of("hooks.slack.com", "hooks.slack-gov.com"));

  @Override
  public ProviderSpec spec() {
    return SPEC;
  }

  @Override
  public SlackConfig config(Settings settings) {
    return SlackConfig.of(settings);
  }

  @Override
  public Rendering render(SlackConfig config, Message message) {
    return new Rendering("application/json", SlackPayload.of(config, message));
  }

  @Override
  public OutboundRequest request(SlackConfig config, Rendering rendering, DeliveryStamp stamp) {
    return new OutboundRequest(config.url(), Map.of(), rendering.bytes());
  }

  @Override
  public DeliveryOutcome classify(SlackConfig config, HttpReply reply, Instant now) {
    return SlackAnswers.classify(reply, now);
  }
}
