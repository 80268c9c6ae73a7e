package io.trigrun.notify.provider;

import io.trigrun.validation.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a channel: what stands below {@code config} in its JSON form. Immutable; {@link
 * #toString} shows names only, because a value may be a secret.
 */
public final class Settings {

  private static final Settings EMPTY = new Settings(Map.of());

  private final Map<String, Object> values;

  private Settings(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** No settings. */
  public static Settings empty() {
    return EMPTY;
  }

  /** The same with a text added or replaced. */
  public Settings with(String name, String text) {
    return put(name, text);
  }

  /** The same with a switch added or replaced. */
  public Settings with(String name, boolean flag) {
    return put(name, flag);
  }

  private Settings put(String name, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(name, value);
    return new Settings(copy);
  }

  /** The names of what is set, in the order it was set. */
  public Set<String> names() {
    return values.keySet();
  }

  /** The values by name: a {@code String} or a {@code Boolean} each. */
  public Map<String, Object> values() {
    return values;
  }

  /**
   * A text.
   *
   * @throws io.trigrun.validation.ValidationException if it is set to something else
   */
  public Optional<String> text(String name) {
    return typed(name, String.class, "a text");
  }

  /**
   * A switch; off unless it is set.
   *
   * @throws io.trigrun.validation.ValidationException if it is set to something else
   */
  public boolean flag(String name) {
    return typed(name, Boolean.class, "true or false").orElse(false);
  }

  private <T> Optional<T> typed(String name, Class<T> type, String expected) {
    Optional<Object> value = Optional.ofNullable(values.get(name));
    Problems.require(
        value.map(type::isInstance).orElse(true),
        field(name),
        expected,
        value.map(v -> v.getClass().getSimpleName()).orElse("nothing"));
    return value.map(type::cast);
  }

  /** The JSON path of a setting in messages. */
  public static String field(String name) {
    return "config." + name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && settings.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Settings" + values.keySet();
  }
}
