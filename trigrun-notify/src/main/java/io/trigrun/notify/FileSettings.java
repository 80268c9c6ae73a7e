package io.trigrun.notify;

import io.trigrun.notify.provider.Settings;
import io.trigrun.schedulefile.Fields;
import io.trigrun.schedulefile.FileNode;
import io.trigrun.schedulefile.FileNode.Entry;
import io.trigrun.schedulefile.SchedulePlan.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The settings of a channel in a schedule file. */
final class FileSettings {

  private static final String CONFIG = "config";
  private static final String NONE = "none";
  private static final String VEILED = "(not shown)";

  private FileSettings() {}

  /** What stands below {@code config}; what can't be a setting is noted. */
  static Settings read(Fields channel) {
    Settings settings = Settings.empty();
    if (channel.value(CONFIG).isEmpty()) {
      return settings;
    }
    Fields config =
        Fields.of(channel.field(CONFIG), channel.value(CONFIG).orElseThrow(), channel.problems());
    for (Entry entry : config.node().entries()) {
      settings = with(settings, config, entry);
    }
    return settings;
  }

  private static Settings with(Settings settings, Fields config, Entry entry) {
    FileNode value = entry.value();
    return switch (value.kind()) {
      case TEXT -> settings.with(entry.key(), value.text());
      case SWITCH ->
          settings.with(entry.key(), Boolean.parseBoolean(value.text().toLowerCase(Locale.ROOT)));
      case NUMBER ->
          config
              .integer(entry.key())
              .map(number -> settings.with(entry.key(), number.longValue()))
              .orElse(settings);
      case LIST -> settings.with(entry.key(), texts(config, entry));
      case NOTHING -> settings;
      case MAP -> {
        config.refuse(value, FileNode.shown(entry.key()), "a text, a switch, a number or a list");
        yield settings;
      }
    };
  }

  private static List<String> texts(Fields config, Entry entry) {
    return config.texts(entry.key()).stream().map(FileNode::text).toList();
  }

  /** Which settings are different. Texts may hold tokens, so they are not shown. */
  static List<Field> difference(ChannelDocument before, ChannelDocument after) {
    Map<String, Object> old = all(before);
    Map<String, Object> fresh = all(after);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(fresh.keySet());
    List<Field> different = new ArrayList<>();
    for (String name : names) {
      Object was = old.getOrDefault(name, NONE);
      Object is = fresh.getOrDefault(name, NONE);
      if (!was.equals(is)) {
        different.add(new Field(Settings.field(name), shown(was), shown(is)));
      }
    }
    return different;
  }

  /** A secret that was encrypted anew is another one. */
  private static Map<String, Object> all(ChannelDocument document) {
    Map<String, Object> all = new TreeMap<>(document.open().values());
    all.putAll(document.secrets());
    return all;
  }

  private static String shown(Object value) {
    if (value instanceof KeptSecret.Named named) {
      return named.hint();
    }
    return value.equals(NONE) || value instanceof Boolean || value instanceof Long
        ? value.toString()
        : VEILED;
  }
}
