package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a Discord channel, checked.
 *
 * @param url with all that Discord is asked for in its query
 * @param roleIds without repetitions
 */
record DiscordConfig(URI url, List<String> roleIds, boolean includeOutput, ChatFormat format) {

  /** Discord takes 100, but their mentions and a text must share 2,000 characters. */
  static final int MOST_ROLES = 50;

  private static final String ID = "[0-9]{1,20}";

  static DiscordConfig of(Settings settings) {
    SettingsReader reader = new SettingsReader();
    URI url = reader.secretUrl(settings, DiscordChannel.WEBHOOK_URL);
    Optional<String> thread = reader.read(() -> thread(settings, url), Optional.empty());
    List<String> roles = reader.read(() -> roles(settings), List.of());
    boolean output = reader.read(() -> settings.flag(DiscordChannel.INCLUDE_OUTPUT), false);
    ChatFormat format =
        reader.read(
            () -> SettingWord.read(settings, DiscordChannel.FORMAT, ChatFormat.RICH),
            ChatFormat.RICH);
    reader.finish();
    return new DiscordConfig(withQuery(url, thread), roles, output, format);
  }

  private static Optional<String> thread(Settings settings, URI url) {
    Optional<String> thread = settings.text(DiscordChannel.THREAD_ID);
    String field = Settings.field(DiscordChannel.THREAD_ID);
    thread.ifPresent(id -> Problems.require(id.matches(ID), field, "1 to 20 digits", id));
    Problems.require(
        thread.isEmpty() || query(url).stream().noneMatch(part -> part.startsWith("thread_id=")),
        field,
        "one thread",
        "another one in " + Settings.field(DiscordChannel.WEBHOOK_URL));
    return thread;
  }

  private static List<String> roles(Settings settings) {
    List<String> ids = settings.texts(DiscordChannel.MENTION_ROLE_IDS);
    String field = Settings.field(DiscordChannel.MENTION_ROLE_IDS);
    Problems.require(ids.size() <= MOST_ROLES, field, "at most " + MOST_ROLES + " ids", ids.size());
    for (String id : ids) {
      Problems.require(id.matches(ID), field, "ids of 1 to 20 digits", id);
    }
    return ids.stream().distinct().toList();
  }

  /** With {@code wait}, or Discord would not say whether it has saved the message. */
  private static URI withQuery(URI url, Optional<String> thread) {
    List<String> parts = new ArrayList<>(query(url));
    parts.removeIf(part -> part.equals("wait") || part.startsWith("wait="));
    parts.add("wait=true");
    thread.ifPresent(id -> parts.add("thread_id=" + id));
    String text = url.toString();
    int mark = text.indexOf('?');
    String base = mark < 0 ? text : text.substring(0, mark);
    return URI.create(base + "?" + String.join("&", parts));
  }

  private static List<String> query(URI url) {
    String query = Optional.ofNullable(url.getRawQuery()).orElse("");
    return query.isEmpty() ? List.of() : List.of(query.split("&"));
  }

  @Override
  public String toString() {
    return "DiscordConfig[" + url.getHost() + "]";
  }
}
