package io.trigrun.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of several objects. Made by {@link Shape#choice}.
 *
 * @param name of the schema
 * @param discriminator the field whose word says which
 * @param cases by that word
 */
public record ChoiceShape(
    String name, String about, String discriminator, Map<String, ObjectShape> cases)
    implements Shape {

  public ChoiceShape {
    cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
  }

  /** A reference to {@link #definition}. */
  @Override
  public JsonObject schema() {
    return ObjectShape.reference(name);
  }

  /** The schema of the name. */
  public JsonObject definition() {
    List<JsonObject> ones = cases.values().stream().map(ObjectShape::schema).toList();
    JsonObject.Builder mapping = JsonObject.builder();
    cases.forEach((word, shape) -> mapping.put(word, "#/components/schemas/" + shape.name()));
    return JsonObject.builder()
        .put("description", about)
        .put("oneOf", ones)
        .put(
            "discriminator",
            JsonObject.builder()
                .put("propertyName", discriminator)
                .put("mapping", mapping.build())
                .build())
        .build();
  }

  @Override
  public Stream<Shape> parts() {
    return cases.values().stream().map(Shape.class::cast);
  }
}
