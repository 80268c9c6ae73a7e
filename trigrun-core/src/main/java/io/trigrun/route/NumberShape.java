package io.trigrun.route;

/**
 * A number. Made by {@link Shape#whole} and {@link Shape#number}.
 *
 * @param isWhole whether it has no fraction; {@code 1.0} has none
 * @param least the least one
 * @param most the greatest one
 */
public record NumberShape(String about, boolean isWhole, long least, long most) implements Shape {

  /** The same, from one to the other, both included. */
  public NumberShape range(long from, long to) {
    return new NumberShape(about, isWhole, from, to);
  }

  @Override
  public JsonObject schema() {
    JsonObject.Builder schema =
        JsonObject.builder().put("type", isWhole ? "integer" : "number").put("description", about);
    if (least > Long.MIN_VALUE) {
      schema.put("minimum", least);
    }
    if (most < Long.MAX_VALUE) {
      schema.put("maximum", most);
    }
    return schema.build();
  }

  /** The range, for messages. */
  String range() {
    if (least == Long.MIN_VALUE) {
      return most == Long.MAX_VALUE ? "" : ", at most " + most;
    }
    return most == Long.MAX_VALUE ? ", at least " + least : ", " + least + " to " + most;
  }
}
