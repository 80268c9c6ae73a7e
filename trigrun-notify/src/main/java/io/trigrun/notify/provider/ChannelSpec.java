package io.trigrun.notify.provider;

/**
 * What a host says about a channel. {@link io.trigrun.notify.channel.WebhookChannel} is one; a
 * plug-in for another kind brings its own.
 */
public interface ChannelSpec {

  /** Unique within the workspace: 1 to 100 characters without control characters. */
  String name();

  /** The {@link ProviderSpec#type()} of its provider. */
  String type();

  /** Its settings, secrets included. */
  Settings settings();

  /**
   * Says the same as a class of its own would, for a kind that has none or for settings that come
   * as data.
   */
  static ChannelSpec of(String name, String type, Settings settings) {
    return new PlainChannelSpec(name, type, settings);
  }
}
