package io.trigrun.route;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a value of JSON looks like, said once: bodies are checked by it, and it is printed as JSON
 * Schema (2020-12) in the OpenAPI document. Immutable.
 *
 * <pre>{@code
 * ObjectShape LAMP =
 *     Shape.object("Lamp", "A lamp")
 *         .required("name", Shape.text("what people call it").length(1, 200))
 *         .optional("watts", Shape.whole("how bright").range(1, 100))
 *         .required("lit_since", Shape.instant("when it was lit").orNull());
 * }</pre>
 *
 * <p>Descriptions are for people and end without a full stop.
 */
public sealed interface Shape
    permits AnyShape,
        ChoiceShape,
        EitherShape,
        FlagShape,
        LaterShape,
        ListShape,
        MapShape,
        NullableShape,
        NumberShape,
        ObjectShape,
        TextShape {

  /** As JSON Schema; what has a name refers to {@code #/components/schemas/}. */
  JsonObject schema();

  /** What it is made of, one level down. */
  default Stream<Shape> parts() {
    return Stream.empty();
  }

  /** Whether it is given back in no answer. */
  default boolean isSecret() {
    return false;
  }

  /** Or null. */
  default Shape orNull() {
    return new NullableShape(this);
  }

  /** Any text. */
  static TextShape text(String about) {
    return TextShape.of(about);
  }

  /** One of some words. */
  static TextShape words(String about, String... words) {
    return words(about, Arrays.asList(words));
  }

  /** One of some words. */
  static TextShape words(String about, Iterable<String> words) {
    Set<String> all = new LinkedHashSet<>();
    words.forEach(all::add);
    return TextShape.of(about).oneOf(all);
  }

  /** The name of one of some constants, in lower case. */
  static TextShape words(String about, Enum<?>[] constants) {
    return words(
        about, Arrays.stream(constants).map(one -> one.name().toLowerCase(Locale.ROOT)).toList());
  }

  /** An id. */
  static TextShape id(String about) {
    return TextShape.of(about).format("uuid");
  }

  /** An instant (RFC 3339), from 1970 to 9998: what {@code Instant.parse} reads. */
  static TextShape instant(String about) {
    return TextShape.of(about).format("date-time");
  }

  /** A whole number. */
  static NumberShape whole(String about) {
    return new NumberShape(about, true, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Any number. */
  static NumberShape number(String about) {
    return new NumberShape(about, false, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** True or false. */
  static FlagShape flag(String about) {
    return new FlagShape(about);
  }

  /** An array. */
  static ListShape list(String about, Shape item) {
    return new ListShape(about, item, 0, Integer.MAX_VALUE);
  }

  /** An object whose names are data: headers, for example. */
  static MapShape map(String about, Shape value) {
    return new MapShape(about, value);
  }

  /** Any value of JSON, null included. */
  static AnyShape any(String about) {
    return new AnyShape(about, false);
  }

  /** Any object of JSON. */
  static AnyShape anyObject(String about) {
    return new AnyShape(about, true);
  }

  /**
   * An object without fields yet.
   *
   * @param name unique among all shapes of the surface, in PascalCase: {@code Monitor}
   */
  static ObjectShape object(String name, String about) {
    return new ObjectShape(name, about, List.of());
  }

  /**
   * One of several objects, told apart by the word in one field. Each has that field: the word is
   * given here, the field is not to be said again.
   */
  static ChoiceShape choice(
      String name, String about, String discriminator, Map<String, ObjectShape> cases) {
    Map<String, ObjectShape> whole = new LinkedHashMap<>();
    cases.forEach(
        (word, shape) ->
            whole.put(word, shape.first(discriminator, words("which kind it is", word))));
    return new ChoiceShape(name, about, discriminator, whole);
  }

  /** One of several forms, no two of which are of one type of JSON: a text or an object. */
  static EitherShape either(String about, Shape... forms) {
    return new EitherShape(about, Arrays.asList(forms));
  }

  /**
   * An object or a choice that holds itself: steps that have steps.
   *
   * @param name of it
   * @param whole gives it, once all of it is made
   */
  static LaterShape later(String name, Supplier<? extends Shape> whole) {
    return new LaterShape(name, whole);
  }

  /** A page of a list, as {@link Answer#page} answers. */
  static ObjectShape page(ChoiceShape item) {
    return page(item.name(), item);
  }

  /** A page of a list, as {@link Answer#page} answers. */
  static ObjectShape page(ObjectShape item) {
    return page(item.name(), item);
  }

  private static ObjectShape page(String name, Shape item) {
    return object(name + "List", "A page of a list")
        .required("items", list("in the order of the list", item))
        .optional("next_cursor", text("what follows: give it as cursor; absent on the last page"));
  }
}
