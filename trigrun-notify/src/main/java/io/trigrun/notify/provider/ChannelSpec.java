package io.trigrun.notify.provider;

import java.util.Optional;

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

  /** How its messages are worded, where a rule says nothing else. Default: as the library does. */
  default Optional<MessageTemplate> template() {
    return Optional.empty();
  }

  /** The same channel with its messages worded otherwise (row N21). */
  default ChannelSpec withTemplate(MessageTemplate template) {
    return new TemplatedSpec(this, template);
  }

  /**
   * Says the same as a class of its own would, for a kind that has none or for settings that come
   * as data.
   */
  static ChannelSpec of(String name, String type, Settings settings) {
    return new PlainChannelSpec(name, type, settings);
  }
}
