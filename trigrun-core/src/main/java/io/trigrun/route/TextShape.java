package io.trigrun.route;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A text. Made by {@link Shape#text} and its like.
 *
 * @param words the only ones, if there are some
 * @param shortest in characters (UTF-16 units, as Java counts)
 * @param longest in characters
 * @param format of JSON Schema: {@code date-time}
 * @param isSecret whether it is shown in no message
 */
public record TextShape(
    String about,
    Set<String> words,
    int shortest,
    int longest,
    Optional<String> format,
    boolean isSecret)
    implements Shape {

  public TextShape {
    words = Collections.unmodifiableSet(new LinkedHashSet<>(words));
  }

  static TextShape of(String about) {
    return new TextShape(about, Set.of(), 0, Integer.MAX_VALUE, Optional.empty(), false);
  }

  /** The same, so long. */
  public TextShape length(int least, int most) {
    return new TextShape(about, words, least, most, format, isSecret);
  }

  /** The same, one of these. */
  public TextShape oneOf(Set<String> only) {
    return new TextShape(about, only, shortest, longest, format, isSecret);
  }

  /** The same, of a format that JSON Schema knows. */
  public TextShape format(String name) {
    return new TextShape(about, words, shortest, longest, Optional.of(name), isSecret);
  }

  /** The same, shown in no message and given back in no answer. */
  public TextShape secret() {
    return new TextShape(about, words, shortest, longest, format, true);
  }

  @Override
  public JsonObject schema() {
    JsonObject.Builder schema =
        JsonObject.builder().put("type", "string").put("description", about);
    if (!words.isEmpty()) {
      schema.put("enum", words);
    }
    if (shortest > 0) {
      schema.put("minLength", shortest);
    }
    if (longest < Integer.MAX_VALUE) {
      schema.put("maxLength", longest);
    }
    if (isSecret) {
      schema.put("format", "password").put("writeOnly", true);
    }
    return schema.putIfPresent("format", format).build();
  }
}
