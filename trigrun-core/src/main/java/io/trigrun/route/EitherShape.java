package io.trigrun.route;

import java.util.List;
import java.util.stream.Stream;

/**
 * One of several forms that differ in their type of JSON: a text or an object, for example. Made by
 * {@link Shape#either}.
 */
public record EitherShape(String about, List<Shape> forms) implements Shape {

  public EitherShape {
    forms = List.copyOf(forms);
  }

  @Override
  public JsonObject schema() {
    return JsonObject.builder()
        .put("description", about)
        .put("oneOf", forms.stream().map(Shape::schema).toList())
        .build();
  }

  @Override
  public boolean isSecret() {
    return forms.stream().anyMatch(Shape::isSecret);
  }

  @Override
  public Stream<Shape> parts() {
    return forms.stream();
  }
}
