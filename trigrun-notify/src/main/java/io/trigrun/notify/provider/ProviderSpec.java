package io.trigrun.notify.provider;

import io.trigrun.route.Shape;
import io.trigrun.route.TextShape;
import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a kind of channel is called, which settings it has and where it may lead.
 *
 * @param type its name in JSON, {@code webhook} for example: lower case letters, digits and
 *     underscores
 * @param fields its settings
 * @param hosts the ends of the host names that a channel may lead to, {@code slack.com} for
 *     example, which stands for itself and all names below; empty for any. What the host's egress
 *     policy vouches for is let through all the same
 */
public record ProviderSpec(String type, List<Field> fields, List<String> hosts) {

  /**
   * What the name of a secret ends with that means nothing without another setting, whose name ends
   * with {@link #NAME} in its place: {@code header_value}. Where that one is not given any more,
   * the secret does not stay either.
   */
  public static final String VALUE = "_value";

  /** See {@link #VALUE}: {@code header_name}. */
  public static final String NAME = "_name";

  /**
   * What the name of a setting ends with that says until when a secret counts: {@code
   * signing_secret_previous_until}. Where the secret is not given again and stays, so does that.
   */
  public static final String END = "_until";

  /**
   * One setting.
   *
   * @param name as in JSON
   * @param required whether a channel can't do without
   * @param secret whether it is kept encrypted, never shown and cut out of what is recorded
   * @param destination whether it says where messages go. Secrets must be given again if that
   *     changes, so that nobody can have them sent to himself: of an {@link HttpChannelProvider}
   *     the URL of its requests counts, whatever it is made of; of a {@link DirectChannelProvider}
   *     these settings
   * @param aliases older spellings that are understood, too
   * @param shape what a request over HTTP may say, for its check and the OpenAPI document; {@link
   *     ChannelProvider#config} has the last word
   */
  public record Field(
      String name,
      boolean required,
      boolean secret,
      boolean destination,
      List<String> aliases,
      Shape shape) {

    private static final Shape ANY = Shape.any("a text, a switch, a whole number or texts");

    public Field {
      aliases = List.copyOf(aliases);
      if (secret && shape instanceof TextShape text) {
        shape = text.secret();
      }
    }

    public static Field required(String name) {
      return new Field(name, true, false, false, List.of(), ANY);
    }

    public static Field optional(String name) {
      return new Field(name, false, false, false, List.of(), ANY);
    }

    /** The same, but secret. */
    public Field asSecret() {
      return new Field(name, required, true, destination, aliases, shape);
    }

    /** The same, and it says where messages go. */
    public Field asDestination() {
      return new Field(name, required, secret, true, aliases, shape);
    }

    /** The same with an older spelling. */
    public Field alsoSpelled(String alias) {
      return new Field(name, required, secret, destination, List.of(alias), shape);
    }

    /** The same, of this shape: a text, a flag, a whole number, a list of texts. */
    public Field of(Shape value) {
      return new Field(name, required, secret, destination, aliases, value);
    }

    /** All names that it may have, today's first. */
    public List<String> spellings() {
      return Stream.concat(Stream.of(name), aliases.stream()).toList();
    }
  }

  public ProviderSpec {
    fields = List.copyOf(fields);
    hosts = List.copyOf(hosts);
  }

  /** Of channels that may lead anywhere. */
  public ProviderSpec(String type, List<Field> fields) {
    this(type, fields, List.of());
  }

  /** The names of the secret settings. */
  public Set<String> secretNames() {
    return fields.stream().filter(Field::secret).map(Field::name).collect(Collectors.toSet());
  }

  /** The names of the settings that say where messages go. */
  public Set<String> destinationNames() {
    return fields.stream().filter(Field::destination).map(Field::name).collect(Collectors.toSet());
  }

  /**
   * The settings in today's spelling. One that is given in both spellings keeps the older as well,
   * for {@link #check} to refuse.
   */
  public Settings respelled(Settings settings) {
    Settings result = settings;
    for (Field field : fields) {
      for (String alias : field.aliases()) {
        if (result.names().contains(alias) && !result.names().contains(field.name())) {
          result = result.renamed(alias, field.name());
        }
      }
    }
    return result;
  }

  /** The name of today for a setting, whatever its spelling. */
  public String respelled(String name) {
    return fields.stream()
        .filter(field -> field.aliases().contains(name))
        .map(Field::name)
        .findFirst()
        .orElse(name);
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
