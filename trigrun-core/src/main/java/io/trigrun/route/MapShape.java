package io.trigrun.route;

import java.util.stream.Stream;

/** An object whose names are data. Made by {@link Shape#map}. */
public record MapShape(String about, Shape value) implements Shape {

  @Override
  public JsonObject schema() {
    return JsonObject.builder()
        .put("type", "object")
        .put("description", about)
        .put("additionalProperties", value.schema())
        .build();
  }

  @Override
  public Stream<Shape> parts() {
    return Stream.of(value);
  }
}
