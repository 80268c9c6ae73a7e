package io.trigrun.route;

/**
 * A value of JSON that nobody looks into. Made by {@link Shape#any} and {@link Shape#anyObject}.
 *
 * @param isObject whether it has to be an object
 */
public record AnyShape(String about, boolean isObject) implements Shape {

  @Override
  public JsonObject schema() {
    JsonObject.Builder schema = JsonObject.builder();
    if (isObject) {
      schema.put("type", "object");
    }
    return schema.put("description", about).build();
  }
}
