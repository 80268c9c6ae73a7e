package io.trigrun.management;

import static io.trigrun.management.OpenApi.object;

import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Role;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Prints routes for management as operations. */
record OpenApiOperations(OpenApiSchemas schemas, OpenApiErrors errors) {

  JsonObject of(Route route) {
    JsonObject.Builder operation =
        JsonObject.builder()
            .put("operationId", route.name())
            .put("summary", route.summary())
            .put("tags", List.of(OpenApi.tag(route.path())));
    List<JsonObject> parameters = parameters(route);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    route
        .body()
        .ifPresent(
            shape ->
                operation.put(
                    "requestBody",
                    JsonObject.builder()
                        .put("required", true)
                        .put("content", content(shape, requests(route)))
                        .build()));
    Map<String, JsonObject> responses = new TreeMap<>();
    route
        .answers()
        .forEach((status, shape) -> responses.put("" + status, answer(route, status, shape)));
    errors.addTo(responses, errors(route));
    return operation.put("responses", responses).build();
  }

  private static List<JsonObject> parameters(Route route) {
    List<JsonObject> all = new ArrayList<>();
    route
        .parameters()
        .forEach(name -> all.add(parameter("path", name, Shape.text("which one"), true)));
    QueryValues.known(route)
        .forEach((name, shape) -> all.add(parameter("query", name, shape, false)));
    if (route.isIdempotent()) {
      Shape shape = Shape.text("a random text: the same request is done once only").length(1, 255);
      all.add(parameter("header", "Idempotency-Key", shape, false));
    }
    if (route.isConditional()) {
      Shape shape = Shape.text("the ETag that it should have");
      all.add(parameter("header", "If-Match", shape, false));
    }
    return all;
  }

  private static JsonObject parameter(String in, String name, Shape shape, boolean isRequired) {
    return JsonObject.builder()
        .put("name", name)
        .put("in", in)
        .put("required", isRequired)
        .put("schema", shape.schema())
        .build();
  }

  private static JsonObject requests(Route route) {
    Map<String, JsonObject> shown = new LinkedHashMap<>();
    route.examples().forEach((name, value) -> shown.put(name, object("value", value)));
    return shown.isEmpty() ? JsonObject.builder().build() : object("examples", shown);
  }

  private JsonObject answer(Route route, int status, Optional<Shape> shape) {
    JsonObject.Builder response = JsonObject.builder().put("description", words(status));
    Optional<JsonObject> example = Optional.ofNullable(route.shown().get(status));
    shape.ifPresent(
        found ->
            response.put(
                "content",
                content(found, JsonObject.builder().putIfPresent("example", example).build())));
    return response.build();
  }

  private JsonObject content(Shape shape, JsonObject examples) {
    return object(
        "application/json",
        JsonObject.builder().put("schema", schemas.of(shape)).putAll(examples).build());
  }

  private static String words(int status) {
    return switch (status) {
      case 201 -> "It is created";
      case 202 -> "It will be done";
      case 204 -> "It is done";
      default -> "This is it";
    };
  }

  /** What can go wrong, as the rest of the route says. */
  private static Set<ErrorCode> errors(Route route) {
    EnumSet<ErrorCode> errors = EnumSet.of(ErrorCode.UNAUTHORIZED, ErrorCode.TOO_MANY_REQUESTS);
    errors.addAll(route.refusals());
    if (route.role() == Role.WRITE) {
      errors.add(ErrorCode.FORBIDDEN);
      errors.addAll(
          EnumSet.of(
              ErrorCode.INVALID_JSON,
              ErrorCode.VALIDATION_FAILED,
              ErrorCode.UNSUPPORTED_MEDIA_TYPE));
    } else {
      errors.add(ErrorCode.VALIDATION_FAILED);
    }
    if (!route.parameters().isEmpty()) {
      errors.add(ErrorCode.NOT_FOUND);
    }
    if (route.isConditional()) {
      errors.add(ErrorCode.PRECONDITION_FAILED);
      errors.add(ErrorCode.CONFLICT);
    }
    if (route.isIdempotent()) {
      errors.add(ErrorCode.IDEMPOTENCY_KEY_IN_USE);
      errors.add(ErrorCode.IDEMPOTENCY_KEY_REUSED);
    }
    return errors;
  }
}
