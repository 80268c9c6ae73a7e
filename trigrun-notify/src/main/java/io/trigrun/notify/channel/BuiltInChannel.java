package io.trigrun.notify.channel;

import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.Settings;

/** What a host says about a channel of a kind that comes with the library. */
abstract class BuiltInChannel implements ChannelSpec {

  private final String type;
  private final String name;
  private final Settings settings;

  BuiltInChannel(String type, String name, Settings settings) {
    this.type = type;
    this.name = name;
    this.settings = settings;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String type() {
    return type;
  }

  @Override
  public final Settings settings() {
    return settings;
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + name + ", " + settings + "]";
  }
}
