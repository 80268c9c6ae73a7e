package io.trigrun.examples.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The kinds of channels that come with a server. */
final class ChannelTypes implements Iterable<String> {

  private static final List<String> NAMES =
      List.of("webhook", "email", "slack", "discord", "telegram", "teams");
  private static final Set<String> CHATS = Set.of("slack", "discord", "teams");

  /** The setting that {@code --url} stands for. */
  static String urlSetting(String type) {
    return CHATS.contains(type) ? "webhook_url" : "url";
  }

  @Override
  public Iterator<String> iterator() {
    return NAMES.iterator();
  }
}
