package io.trigrun.examples.server;

import io.trigrun.route.ChoiceShape;
import io.trigrun.route.EitherShape;
import io.trigrun.route.FlagShape;
import io.trigrun.route.LaterShape;
import io.trigrun.route.ListShape;
import io.trigrun.route.MapShape;
import io.trigrun.route.NullableShape;
import io.trigrun.route.NumberShape;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import io.trigrun.route.TextShape;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values that have a shape, by chance.
 *
 * @param ids of things that there are, or were
 */
record ShapedJson(Random random, Supplier<String> ids) {

  /** Stands in every secret, and so in no answer. */
  static final String SECRET = "tiger-42";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 12;

  private static final List<String> TEXTS =
      List.of(
          "a",
          "nightly-sync",
          "report",
          "secret://api-token",
          "https://example.com/a",
          "https://hooks.slack.com/services/T00/B00/xxx",
          "90s",
          "PT1H",
          "0 3 * * *",
          "Europe/Zurich",
          "on_failure",
          "on_success",
          "on_down",
          "{{job.name}}",
          "{{steps.a.output.b}}",
          "$.order.id",
          "X-Signature",
          "GET",
          "status",
          "equals",
          "team@example.com",
          "0 3 * * * curl -fsS https://example.com/sync\n");

  /** A value. */
  JsonNode of(Shape shape) {
    return of(shape, 0);
  }

  private JsonNode of(Shape shape, int depth) {
    if (shape instanceof NullableShape nullable) {
      return random.nextInt(4) == 0 ? NODES.nullNode() : of(nullable.shape(), depth);
    }
    if (shape instanceof LaterShape later) {
      return of(later.shape(), depth);
    }
    if (shape instanceof EitherShape either) {
      return of(any(either.forms()), depth);
    }
    if (shape instanceof ChoiceShape choice) {
      return of(any(List.copyOf(choice.cases().values())), depth);
    }
    if (shape instanceof ObjectShape object) {
      return object(object, depth);
    }
    if (shape instanceof MapShape map) {
      return NODES.objectNode().set(any(TEXTS), of(map.value(), depth + 1));
    }
    if (shape instanceof ListShape list) {
      return list(list, depth);
    }
    if (shape instanceof NumberShape number) {
      return number(number);
    }
    if (shape instanceof FlagShape) {
      return NODES.booleanNode(random.nextBoolean());
    }
    return shape instanceof TextShape text
        ? NODES.stringNode(text(text))
        : NODES.objectNode().put(any(TEXTS), random.nextInt(9));
  }

  private ObjectNode object(ObjectShape shape, int depth) {
    ObjectNode object = NODES.objectNode();
    int others = depth > DEEPEST ? 1_000 : 3;
    for (ObjectShape.Field field : shape.fields()) {
      if (field.isRequired() || random.nextInt(others) == 0) {
        object.set(field.name(), of(field.shape(), depth + 1));
      }
    }
    return object;
  }

  private ArrayNode list(ListShape shape, int depth) {
    ArrayNode list = NODES.arrayNode();
    int size = depth > DEEPEST ? shape.least() : Math.max(shape.least(), random.nextInt(3));
    for (int i = 0; i < Math.min(size, shape.most()); i++) {
      list.add(of(shape.item(), depth + 1));
    }
    return list;
  }

  private JsonNode number(NumberShape shape) {
    long least = Math.max(shape.least(), 0);
    long most = Math.min(shape.most(), least + 100);
    return switch (random.nextInt(6)) {
      case 0 -> NODES.numberNode(least);
      case 1 -> NODES.numberNode(shape.most());
      default -> NODES.numberNode(least + (long) (random.nextDouble() * (most - least)));
    };
  }

  /** What a query may say of it, too. */
  String text(TextShape shape) {
    if (shape.isSecret()) {
      return any(List.of(SECRET, "https://hooks.slack.com/services/T00/B00/" + SECRET))
          + Integer.toString(random.nextInt(1 << 30) + (1 << 30), 36);
    }
    if (!shape.words().isEmpty()) {
      return any(List.copyOf(shape.words()));
    }
    return switch (shape.format().orElse("")) {
      case "uuid" -> ids.get();
      case "date-time" -> any(List.of("2026-03-17T10:00:00Z", "2999-12-31T23:59:59.999Z"));
      default -> random.nextInt(3) == 0 ? "a" + random.nextInt(1_000) : any(TEXTS);
    };
  }

  <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
