package io.trigrun.notify.provider;

import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a kind of channel is called and which settings it has.
 *
 * @param type its name in JSON, {@code webhook} for example
 * @param fields its settings
 */
public record ProviderSpec(String type, List<Field> fields) {

  /**
   * One setting.
   *
   * @param name as in JSON
   * @param required whether a channel can't do without
   * @param secret whether it is kept apart, never shown and cut out of what is recorded
   */
  public record Field(String name, boolean required, boolean secret) {

    public static Field required(String name) {
      return new Field(name, true, false);
    }

    public static Field optional(String name) {
      return new Field(name, false, false);
    }

    /** The same, but secret. */
    public Field asSecret() {
      return new Field(name, required, true);
    }
  }

  public ProviderSpec {
    fields = List.copyOf(fields);
  }

  /** The names of the secret settings. */
  public Set<String> secretNames() {
    return fields.stream().filter(Field::secret).map(Field::name).collect(Collectors.toSet());
  }

  /** Notes each required setting that is missing and each setting that this kind does not have. */
  public void check(Settings settings, Problems problems) {
    for (Field field : fields) {
      problems.check(
          !field.required() || settings.names().contains(field.name()),
          Settings.field(field.name()),
          "a value",
          "none");
    }
    List<String> known = fields.stream().map(Field::name).toList();
    for (String name : settings.names()) {
      problems.check(
          known.contains(name),
          Settings.field(name),
          "one of the settings of " + type + ": " + String.join(", ", known),
          "an unknown one");
    }
  }
}
