package io.trigrun.route;

import java.util.stream.Stream;

/** An array of like things. Made by {@link Shape#list}. */
public record ListShape(String about, Shape item, int least, int most) implements Shape {

  /** The same, with so many items. */
  public ListShape length(int from, int to) {
    return new ListShape(about, item, from, to);
  }

  @Override
  public JsonObject schema() {
    JsonObject.Builder schema =
        JsonObject.builder()
            .put("type", "array")
            .put("description", about)
            .put("items", item.schema());
    if (least > 0) {
      schema.put("minItems", least);
    }
    if (most < Integer.MAX_VALUE) {
      schema.put("maxItems", most);
    }
    return schema.build();
  }

  @Override
  public boolean isSecret() {
    return item.isSecret();
  }

  @Override
  public Stream<Shape> parts() {
    return Stream.of(item);
  }
}
