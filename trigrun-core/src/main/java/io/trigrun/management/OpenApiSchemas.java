package io.trigrun.management;

import io.trigrun.route.ChoiceShape;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import java.util.Map;
import java.util.TreeMap;

/** Shapes that have a name, each once in a document. */
final class OpenApiSchemas {

  private final Map<String, JsonObject> schemas = new TreeMap<>();
  private final Map<String, Shape> named = new TreeMap<>();

  Map<String, JsonObject> all() {
    return schemas;
  }

  /** The schema of a body; what it refers to is in the document then. */
  JsonObject of(Shape shape) {
    collect(shape);
    return shape.schema();
  }

  private void collect(Shape shape) {
    if (shape instanceof ObjectShape object) {
      if (!isNew(object.name(), shape)) {
        return; // it may hold itself
      }
      schemas.put(object.name(), object.definition());
    } else if (shape instanceof ChoiceShape choice) {
      if (!isNew(choice.name(), shape)) {
        return;
      }
      schemas.put(choice.name(), choice.definition());
    }
    shape.parts().forEach(this::collect);
  }

  private boolean isNew(String name, Shape shape) {
    Shape before = named.putIfAbsent(name, shape);
    if (before != null && !before.equals(shape)) {
      throw new IllegalArgumentException("expected one shape of the name " + name + ", got two");
    }
    return before == null;
  }
}
