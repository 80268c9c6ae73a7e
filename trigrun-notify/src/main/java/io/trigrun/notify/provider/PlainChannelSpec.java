package io.trigrun.notify.provider;

/** A channel of any kind. */
record PlainChannelSpec(String name, String type, Settings settings) implements ChannelSpec {}
