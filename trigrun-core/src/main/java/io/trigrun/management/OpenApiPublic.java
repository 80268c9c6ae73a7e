package io.trigrun.management;

import static io.trigrun.management.OpenApi.object;

import io.trigrun.inbound.PublicRoute;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Prints public routes as operations, which need nothing but the token in their path. */
record OpenApiPublic(OpenApiSchemas schemas, OpenApiErrors errors) {

  JsonObject of(PublicRoute route) {
    JsonObject.Builder operation =
        JsonObject.builder()
            .put("operationId", route.name())
            .put("summary", route.summary())
            .put("tags", List.of(OpenApi.tag(route.path())))
            .put("security", List.of())
            .put("parameters", List.of(token()));
    if (!route.takes().isEmpty()) {
      Map<String, JsonObject> content = new LinkedHashMap<>();
      route
          .takes()
          .forEach((type, shape) -> content.put(type, object("schema", schemas.of(shape))));
      operation.put(
          "requestBody",
          JsonObject.builder().put("required", false).put("content", content).build());
    }
    Map<String, JsonObject> responses = new TreeMap<>();
    Map<Integer, Map<String, String>> codes = codes(route);
    Set<Integer> statuses = new TreeSet<>(route.answers().keySet());
    statuses.addAll(codes.keySet());
    statuses.forEach(
        status ->
            responses.put(
                "" + status, response(route, status, codes.getOrDefault(status, Map.of()))));
    errors.addTo(responses, Set.of());
    return operation.put("responses", responses).build();
  }

  private static JsonObject token() {
    return JsonObject.builder()
        .put("name", "token")
        .put("in", "path")
        .put("required", true)
        .put("schema", Shape.text("what vouches for the caller").schema())
        .build();
  }

  /** Those of any route are JSON, also where people get pages. */
  private static Map<Integer, Map<String, String>> codes(PublicRoute route) {
    Map<Integer, Map<String, String>> codes = new TreeMap<>();
    route.errors().forEach((status, some) -> codes.put(status, new LinkedHashMap<>(some)));
    OpenApiErrors.OF_ALL.forEach(code -> OpenApiErrors.add(codes, code));
    return codes;
  }

  private JsonObject response(PublicRoute route, int status, Map<String, String> codes) {
    Map<String, Shape> texts = route.answers().getOrDefault(status, Map.of());
    Map<String, JsonObject> content = new LinkedHashMap<>();
    texts.forEach((type, shape) -> content.put(type, text(route, status, type, shape)));
    if (!codes.isEmpty()) {
      content.put("application/json", errors.content(codes));
    }
    return JsonObject.builder()
        .put("description", words(status, codes))
        .put("content", content)
        .build();
  }

  private JsonObject text(PublicRoute route, int status, String type, Shape shape) {
    JsonObject.Builder text = JsonObject.builder().put("schema", schemas.of(shape));
    JsonObject example = route.examples().get(status);
    if (example != null && type.equals("application/json")) {
      text.put("example", example);
    }
    return text.build();
  }

  private static String words(int status, Map<String, String> codes) {
    if (!codes.isEmpty()) {
      return OpenApiErrors.words(codes);
    }
    return status < 300 ? "It was taken" : "It was not, as the page says";
  }
}
