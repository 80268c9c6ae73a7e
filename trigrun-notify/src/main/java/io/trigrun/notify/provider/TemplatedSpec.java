package io.trigrun.notify.provider;

import java.util.Optional;

/** Any channel, with a template. */
record TemplatedSpec(ChannelSpec spec, MessageTemplate words) implements ChannelSpec {

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public String type() {
    return spec.type();
  }

  @Override
  public Settings settings() {
    return spec.settings();
  }

  @Override
  public Optional<MessageTemplate> template() {
    return Optional.of(words);
  }
}
