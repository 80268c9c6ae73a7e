package io.trigrun.notify;

import io.trigrun.NotFoundException;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.spi.Host;
import java.time.Duration;
import java.util.List;

/** Channels over HTTP (rows N1 and N13). Their secrets go in and are in no answer. */
record ChannelRoutes(Host host, Notifications notifications, Providers providers) {

  private static final String PATH = "/notification-channels";
  private static final String ONE = PATH + "/{id}";

  private static final String WEBHOOK =
      """
      {"name": "ops-webhook", "type": "webhook", "config":
        {"url": "https://api.example.com/hooks/cron", "signing_secret": "whsec_your_signing_secret"}}
      """;

  private static final String SLACK =
      """
      {"name": "slack-alerts", "type": "slack", "config":
        {"webhook_url": "https://hooks.slack.com/services/T00/B00/xxx", "mention_text": "@channel"}}
      """;

  List<Route> all() {
    return List.of(
        Route.post(PATH, "create_channel", "Creates a channel")
            .takes(ChannelShapes.draft(providers))
            .example("webhook", WEBHOOK)
            .example("slack", SLACK)
            .reviewedBy(call -> channels(call).check(spec(call)))
            .makes()
            .answers(201, ChannelShapes.CHANNEL)
            .refuses(ErrorCode.CONFLICT, ErrorCode.LIMIT_EXCEEDED, ErrorCode.NOT_CONFIGURED)
            .to(this::create),
        Route.get(PATH, "list_channels", "Lists channels, newest first")
            .paged()
            .answers(200, Shape.page(ChannelShapes.CHANNEL))
            .to(this::list),
        Route.get(ONE, "get_channel", "A channel")
            .answers(200, ChannelShapes.CHANNEL)
            .to(call -> answer(get(call))),
        Route.patch(ONE, "update_channel", "Changes a channel")
            .takes(ChannelShapes.CHANGE)
            .example("another_name", "{\"name\": \"ops-and-support\"}")
            .conditional()
            .answers(200, ChannelShapes.CHANNEL)
            .refuses(ErrorCode.CONFLICT, ErrorCode.NOT_CONFIGURED)
            .to(this::update),
        Route.delete(ONE, "delete_channel", "Deletes a channel and its rules")
            .conditional()
            .answers(204)
            .to(this::delete),
        Route.post(
                ONE + "/test",
                "test_channel",
                "Sends a test message, once; answers when it is done")
            .answers(200, ChannelShapes.TEST)
            .refuses(ErrorCode.UNAVAILABLE)
            .to(this::test),
        Route.post(
                ONE + "/enable", "enable_channel", "Lets a channel that was disabled be used again")
            .answers(200, ChannelShapes.CHANNEL)
            .refuses(ErrorCode.CONFLICT)
            .to(this::enable));
  }

  private Answer create(Call call) {
    requireSetUp(call.body().text("type").orElse(""));
    Channel created = channels(call).create(spec(call));
    ChannelView view = ChannelView.of(host, created);
    return Answer.created(ChannelBody.of(view)).tagged(view.tag());
  }

  private ChannelSpec spec(Call call) {
    ChannelSpec bare = ChannelBody.spec(call.body());
    return ChannelBody.withTemplate(call.body(), bare, channels(call)::check);
  }

  private Answer list(Call call) {
    return Answer.page(
        ChannelView.of(host, channels(call).list(call.limit(), call.cursor())), ChannelBody::of);
  }

  private Answer update(Call call) {
    return call.unlessChanged(
        () -> {
          ChannelView view = ChannelView.of(host, get(call));
          call.requireTag(view.tag());
          Channel now = view.channel();
          return answer(updated(call, now));
        });
  }

  private Channel updated(Call call, Channel now) {
    requireSetUp(now.type());
    ChannelSpec bare = ChannelBody.changed(now, providers.require(now.type()).spec(), call.body());
    ChannelSpec spec =
        ChannelBody.withTemplate(
            call.body(), bare, checked -> channels(call).check(now.id(), checked));
    return channels(call).update(now.id(), now.version(), spec);
  }

  private Answer delete(Call call) {
    return call.unlessChanged(
        () -> {
          ChannelView view = ChannelView.of(host, get(call));
          call.requireTag(view.tag());
          channels(call).delete(view.channel().id(), view.channel().version());
          return Answer.done();
        });
  }

  private Answer test(Call call) {
    try {
      return Answer.ok(ChannelBody.of(channels(call).test(call.id())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.of(ErrorCode.UNAVAILABLE, "the server is stopping").retryAfter(Duration.ZERO);
    }
  }

  private Answer enable(Call call) {
    notifications.noise(call.workspace().name()).enable(call.id());
    return answer(get(call));
  }

  private void requireSetUp(String type) {
    providers
        .lacking(type)
        .ifPresent(
            lacking -> {
              throw Refusal.of(ErrorCode.NOT_CONFIGURED, lacking);
            });
  }

  private Channel get(Call call) {
    return channels(call)
        .find(call.id())
        .orElseThrow(() -> new NotFoundException("channel", call.id()));
  }

  private Channels channels(Call call) {
    return notifications.channels(call.workspace().name());
  }

  private Answer answer(Channel channel) {
    ChannelView view = ChannelView.of(host, channel);
    return Answer.ok(ChannelBody.of(view)).tagged(view.tag());
  }
}
