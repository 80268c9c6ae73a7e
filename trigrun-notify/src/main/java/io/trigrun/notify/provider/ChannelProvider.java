package io.trigrun.notify.provider;

/**
 * A kind of channel: implement {@link HttpChannelProvider} for media that are reached by an HTTP
 * POST, {@link DirectChannelProvider} for others. What stands here is pure: the same arguments give
 * the same values, on any thread, without I/O, clock or log. Whatever a message contains, what is
 * rendered must be harmless to the receiver.
 *
 * <p>A plug-in is given to {@code Notifications.builder().provider(...)}, or found by {@link
 * java.util.ServiceLoader} if it is declared as a service {@code ChannelProvider} (row N18).
 *
 * @param <C> its settings, checked and typed; {@code toString} must hide secrets
 */
public sealed interface ChannelProvider<C> permits HttpChannelProvider, DirectChannelProvider {

  /** Its name and its settings. */
  ProviderSpec spec();

  /**
   * Checks and types the settings.
   *
   * @throws io.trigrun.validation.ValidationException naming the settings as {@code config.url};
   *     without a secret in the message
   */
  C config(Settings settings);

  /**
   * Writes a message down. Called once for a delivery, when it is planned: what comes out is stored
   * and sent unchanged in every attempt, so it must hold no secret.
   */
  Rendering render(C config, Message message);
}
