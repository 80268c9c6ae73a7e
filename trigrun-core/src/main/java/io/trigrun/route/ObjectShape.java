package io.trigrun.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An object of JSON with these fields and no others. Made by {@link Shape#object}.
 *
 * @param name of the schema
 */
public record ObjectShape(String name, String about, List<Field> fields) implements Shape {

  /** A field. */
  public record Field(String name, boolean isRequired, Shape shape) {}

  public ObjectShape {
    fields = List.copyOf(fields);
    if (fields.stream().map(Field::name).distinct().count() < fields.size()) {
      throw new IllegalArgumentException("expected each field of " + name + " once");
    }
  }

  /** The same, with a field that has to be there. */
  public ObjectShape required(String field, Shape shape) {
    return with(List.of(new Field(field, true, shape)));
  }

  /** The same, with a field that may be there. */
  public ObjectShape optional(String field, Shape shape) {
    return with(List.of(new Field(field, false, shape)));
  }

  /** The same fields under another name, none of which has to be there: for updates. */
  public ObjectShape allOptional(String other, String otherAbout) {
    return new ObjectShape(
        other,
        otherAbout,
        fields.stream().map(field -> new Field(field.name(), false, field.shape())).toList());
  }

  /**
   * What changes such an object under another name, in the manner of a JSON merge patch (RFC 7396):
   * no field has to be there, objects in it say likewise what is to be different, and null takes
   * back what may be left out. See {@link JsonObject#patched}.
   */
  public ObjectShape change(String other, String otherAbout) {
    return new ObjectShape(other, otherAbout, fields.stream().map(ObjectShape::change).toList());
  }

  private static Field change(Field field) {
    Shape shape = field.shape();
    if (shape instanceof ObjectShape object) {
      shape = object.change(object.name() + "Change", object.about());
    } else if (shape instanceof MapShape map) {
      shape = new MapShape(map.about(), map.value().orNull());
    }
    return new Field(field.name(), false, field.isRequired() ? shape : shape.orNull());
  }

  /** The same, without these fields. */
  public ObjectShape without(Collection<String> names) {
    return new ObjectShape(
        name, about, fields.stream().filter(field -> !names.contains(field.name())).toList());
  }

  /** The same, with these fields more. */
  public ObjectShape with(Collection<Field> others) {
    List<Field> more = new ArrayList<>(fields);
    more.addAll(others);
    return new ObjectShape(name, about, more);
  }

  /** The same fields and more under another name. */
  public ObjectShape extended(String other, String otherAbout) {
    return new ObjectShape(other, otherAbout, fields);
  }

  ObjectShape first(String field, Shape shape) {
    List<Field> more = new ArrayList<>(List.of(new Field(field, true, shape)));
    more.addAll(fields);
    return new ObjectShape(name, about, more);
  }

  /** The field of a name. */
  public Optional<Field> field(String wanted) {
    return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
  }

  /** A reference to {@link #definition}. */
  @Override
  public JsonObject schema() {
    return reference(name);
  }

  static JsonObject reference(String name) {
    return JsonObject.builder().put("$ref", "#/components/schemas/" + name).build();
  }

  /** The schema of the name. */
  public JsonObject definition() {
    JsonObject.Builder properties = JsonObject.builder();
    fields.forEach(field -> properties.put(field.name(), field.shape().schema()));
    List<String> required = fields.stream().filter(Field::isRequired).map(Field::name).toList();
    JsonObject.Builder schema =
        JsonObject.builder().put("type", "object").put("description", about);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema.put("properties", properties.build()).put("additionalProperties", false).build();
  }

  @Override
  public Stream<Shape> parts() {
    return fields.stream().map(Field::shape);
  }
}
