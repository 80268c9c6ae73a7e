package io.trigrun.workflow.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Enums as JSON has them. */
final class JsonWords {

  private JsonWords() {}

  static String of(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> String of(E[] words) {
    return Arrays.stream(words).map(JsonWords::of).collect(Collectors.joining(", "));
  }
}
