package io.trigrun.notify.channel;

import io.trigrun.notify.provider.ChannelProvider;
import java.net.URI;
import java.util.List;

/** The kinds of channels that come with the library. */
public final class BuiltInProviders {

  private BuiltInProviders() {}

  /** One of each. */
  public static List<ChannelProvider<?>> all() {
    return List.of(
        new WebhookProvider(),
        new SlackProvider(),
        new DiscordProvider(),
        new TelegramProvider(),
        new TeamsProvider());
  }

  /**
   * Telegram through another server of the Bot API.
   *
   * @param api absolute, http or https, without query and fragment
   */
  public static ChannelProvider<?> telegram(URI api) {
    return new TelegramProvider(api);
  }

  /** E-mail by the way that the host has chosen. */
  public static ChannelProvider<?> email(EmailService service) {
    return service.provider();
  }

  /**
   * Says what to add when a channel of type {@code email} is saved, in place of a way to send.
   *
   * @param advice what is to be added, and where
   */
  public static ChannelProvider<?> emailNotSetUp(String advice) {
    return new EmailNotSetUp(advice);
  }
}
