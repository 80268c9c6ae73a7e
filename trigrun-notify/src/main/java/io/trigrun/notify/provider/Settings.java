package io.trigrun.notify.provider;

import io.trigrun.validation.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** The same with a whole number added or replaced. */
  public Settings with(String name, long number) {
    return put(name, number);
  }

  /** The same with a list of texts added or replaced. */
  public Settings with(String name, List<String> texts) {
    return put(name, List.copyOf(texts));
  }

  /** The same with a value that others have, whatever it is; as it is if they have none. */
  public Settings withValueOf(Settings other, String name) {
    Object value = other.values.get(name);
    return value == null ? this : put(name, value);
  }

  /** The same without a value. */
  public Settings without(String name) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.remove(name);
    return new Settings(copy);
  }

  /** The same with a value under another name, in its old place. */
  Settings renamed(String from, String to) {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> copy.put(name.equals(from) ? to : name, value));
    return new Settings(copy);
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

  /** The values by name: a {@code String}, {@code Boolean}, {@code Long} or list of texts each. */
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

  /** Whether it is set to a text. */
  public boolean isText(String name) {
    return values.get(name) instanceof String;
  }

  /**
   * A switch; off unless it is set.
   *
   * @throws io.trigrun.validation.ValidationException if it is set to something else
   */
  public boolean flag(String name) {
    return typed(name, Boolean.class, "true or false").orElse(false);
  }

  /**
   * A whole number.
   *
   * @throws io.trigrun.validation.ValidationException if it is set to something else
   */
  public Optional<Long> number(String name) {
    return typed(name, Long.class, "a whole number");
  }

  /**
   * A list of texts; empty unless it is set.
   *
   * @throws io.trigrun.validation.ValidationException if it is set to something else
   */
  public List<String> texts(String name) {
    List<?> list = typed(name, List.class, "a list of texts").orElse(List.of());
    return list.stream().map(String.class::cast).toList();
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
