package io.trigrun.route;

import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A shape that is not known yet where it is named, as it holds itself. Made by {@link Shape#later}.
 *
 * @param name of the shape
 */
public record LaterShape(String name, Supplier<? extends Shape> whole) implements Shape {

  /** What it stands for. */
  public Shape shape() {
    return whole.get();
  }

  @Override
  public JsonObject schema() {
    return ObjectShape.reference(name);
  }

  @Override
  public Stream<Shape> parts() {
    return Stream.of(shape());
  }
}
