package io.trigrun.management;

import io.trigrun.route.ChoiceShape;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.PublicUrl;
import io.trigrun.route.Role;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints routes as an OpenAPI document (3.1): from what they are checked by, so it can't drift. */
final class OpenApi {

  private static final Shape ERROR =
      Shape.object("Error", "Why a request was not done")
          .required(
              "error",
              Shape.object("ErrorBody", "What an error says")
                  .required("code", Shape.text("for programs; see the list of codes"))
                  .required("message", Shape.text("for people"))
                  .required(
                      "details",
                      Shape.list(
                          "for validation_failed field and message of each problem; for conflict"
                              + " kind, id and name of who stands in the way",
                          Shape.anyObject("One of them"))));

  private final Map<String, JsonObject> schemas = new TreeMap<>();
  private final Map<String, Shape> named = new TreeMap<>();

  private OpenApi() {}

  static JsonObject of(List<Route> routes, PublicUrl url) {
    return new OpenApi().document(routes, url);
  }

  private JsonObject document(List<Route> routes, PublicUrl url) {
    Map<String, JsonObject.Builder> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      paths
          .computeIfAbsent(route.path(), path -> JsonObject.builder())
          .put(route.method().toLowerCase(Locale.ROOT), operation(route));
    }
    Map<String, JsonObject> built = new LinkedHashMap<>();
    paths.forEach((path, methods) -> built.put(path, methods.build()));
    List<JsonObject> tags =
        routes.stream().map(OpenApi::tag).distinct().map(name -> object("name", name)).toList();
    return JsonObject.builder()
        .put("openapi", "3.1.0")
        .put(
            "info",
            JsonObject.builder()
                .put("title", "TrigRun")
                .put("description", "Durable jobs, workflows and notifications.")
                .put("version", "1")
                .put(
                    "license",
                    JsonObject.builder()
                        .put("name", "Apache-2.0")
                        .put("identifier", "Apache-2.0")
                        .build())
                .build())
        .put("servers", List.of(object("url", url.at(""))))
        .put("security", List.of(object("token", List.of())))
        .put("tags", tags)
        .put("paths", built)
        .put("components", components())
        .build();
  }

  private JsonObject components() {
    return JsonObject.builder()
        .put("schemas", schemas)
        .put(
            "securitySchemes",
            object(
                "token", JsonObject.builder().put("type", "http").put("scheme", "bearer").build()))
        .build();
  }

  private JsonObject operation(Route route) {
    JsonObject.Builder operation =
        JsonObject.builder()
            .put("operationId", route.name())
            .put("summary", route.summary())
            .put("tags", List.of(tag(route)));
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
                        .put("content", content(shape, route.examples()))
                        .build()));
    return operation.put("responses", responses(route)).build();
  }

  private static String tag(Route route) {
    return route.segments().get(0);
  }

  private List<JsonObject> parameters(Route route) {
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

  private JsonObject responses(Route route) {
    Map<String, JsonObject> responses = new TreeMap<>();
    route.answers().forEach((status, shape) -> responses.put("" + status, answer(status, shape)));
    Map<Integer, Set<ErrorCode>> byStatus =
        errors(route).stream()
            .collect(
                Collectors.groupingBy(
                    ErrorCode::status,
                    TreeMap::new,
                    Collectors.toCollection(() -> EnumSet.noneOf(ErrorCode.class))));
    byStatus.forEach((status, codes) -> responses.putIfAbsent("" + status, refusal(codes)));
    JsonObject.Builder all = JsonObject.builder();
    responses.forEach(all::put);
    return all.build();
  }

  private JsonObject answer(int status, Optional<Shape> shape) {
    JsonObject.Builder response = JsonObject.builder().put("description", words(status));
    shape.ifPresent(found -> response.put("content", content(found)));
    return response.build();
  }

  private static String words(int status) {
    return switch (status) {
      case 201 -> "It is created";
      case 202 -> "It will be done";
      case 204 -> "It is done";
      default -> "This is it";
    };
  }

  private JsonObject refusal(Set<ErrorCode> codes) {
    String words =
        codes.stream()
            .map(code -> "`" + code.wireName() + "`: " + code.meaning())
            .collect(Collectors.joining("; "));
    return JsonObject.builder().put("description", words).put("content", content(ERROR)).build();
  }

  /** What can go wrong, as the rest of the route says. */
  private static Set<ErrorCode> errors(Route route) {
    EnumSet<ErrorCode> errors =
        EnumSet.of(
            ErrorCode.UNAUTHORIZED,
            ErrorCode.TOO_MANY_REQUESTS,
            ErrorCode.INTERNAL_ERROR,
            ErrorCode.UNAVAILABLE);
    errors.addAll(route.refusals());
    if (route.role() == Role.WRITE) {
      errors.add(ErrorCode.FORBIDDEN);
      errors.addAll(
          EnumSet.of(
              ErrorCode.INVALID_JSON,
              ErrorCode.VALIDATION_FAILED,
              ErrorCode.BODY_TOO_LARGE,
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

  private JsonObject content(Shape shape) {
    return content(shape, Map.of());
  }

  private JsonObject content(Shape shape, Map<String, JsonObject> examples) {
    collect(shape);
    JsonObject.Builder content = JsonObject.builder().put("schema", shape.schema());
    if (!examples.isEmpty()) {
      Map<String, JsonObject> shown = new LinkedHashMap<>();
      examples.forEach((name, value) -> shown.put(name, object("value", value)));
      content.put("examples", shown);
    }
    return object("application/json", content.build());
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

  private static JsonObject object(String name, Object value) {
    return JsonObject.builder().put(name, value).build();
  }
}
