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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Posts an adaptive card to a workflow of Microsoft Teams, or to a connector of the old kind. */
final class TeamsProvider implements HttpChannelProvider<TeamsConfig> {

  /** Of connectors of the old kind, as are all names below them. */
  static final List<String> OLD_HOSTS =
      List.of("webhook.office.com", "outlook.office.com", "outlook.office365.com");

  private static final List<String> WORKFLOW_HOSTS =
      List.of(
          "logic.azure.com",
          "environment.api.powerplatform.com",
          "api.powerautomate.com",
          "flow.microsoft.com");

  private static final ProviderSpec SPEC =
      new ProviderSpec(
          TeamsChannel.TYPE,
          List.of(
              Field.required(TeamsChannel.WEBHOOK_URL)
                  .asSecret()
                  .asDestination()
                  .alsoSpelled("url")
                  .of(Shape.text("the URL of a Workflows webhook").format("uri")),
              Field.optional(TeamsChannel.INCLUDE_OUTPUT)
                  .of(
                      Shape.flag(
                          "whether messages show the start of what the job or its target said; false by default"))),
          Stream.concat(WORKFLOW_HOSTS.stream(), OLD_HOSTS.stream()).toList());

  @Override
  public ProviderSpec spec() {
    return SPEC;
  }

  @Override
  public TeamsConfig config(Settings settings) {
    return TeamsConfig.of(settings);
  }

  @Override
  public Rendering render(TeamsConfig config, Message message) {
    Notice notice = message.notice();
    Notice shown = config.includeOutput() ? notice : notice.withOutput(Optional.empty());
    return new Rendering(
        "application/json", JsonText.write(TeamsCard.envelope(shown, message.at())));
  }

  @Override
  public OutboundRequest request(TeamsConfig config, Rendering rendering, DeliveryStamp stamp) {
    return new OutboundRequest(config.url(), Map.of(), rendering.bytes());
  }

  @Override
  public DeliveryOutcome classify(TeamsConfig config, HttpReply reply, Instant now) {
    return TeamsAnswer.outcome(config.isConnector(), reply, now);
  }
}
