package io.trigrun.route;

import java.util.List;
import java.util.stream.Stream;

/** Something, or null. Made by {@link Shape#orNull}. */
public record NullableShape(Shape shape) implements Shape {

  @Override
  public JsonObject schema() {
    JsonObject nothing = JsonObject.builder().put("type", "null").build();
    return JsonObject.builder().put("anyOf", List.of(shape.schema(), nothing)).build();
  }

  @Override
  public Shape orNull() {
    return this;
  }

  @Override
  public boolean isSecret() {
    return shape.isSecret();
  }

  @Override
  public Stream<Shape> parts() {
    return Stream.of(shape);
  }
}
