package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.route.Shape;
import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Locale;

/** A setting that is one of a few words: the constants of an enum in lower case. */
final class SettingWord {

  private SettingWord() {}

  /** As in JSON. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** As a request may say it. */
  static <E extends Enum<E>> Shape shape(String about, Class<E> type) {
    return Shape.words(about, type.getEnumConstants());
  }

  /**
   * Reads a setting.
   *
   * @throws io.trigrun.validation.ValidationException if it is none of the words
   */
  static <E extends Enum<E>> E read(Settings settings, String name, E unlessSet) {
    String word = settings.text(name).orElseGet(() -> of(unlessSet));
    List<E> all = List.of(unlessSet.getDeclaringClass().getEnumConstants());
    int at = all.stream().map(SettingWord::of).toList().indexOf(word);
    Problems.require(at >= 0, Settings.field(name), inWords(all), word);
    return all.get(at);
  }

  /** {@code both, body or standard}. */
  private static String inWords(List<? extends Enum<?>> all) {
    List<String> words = all.stream().map(SettingWord::of).toList();
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
