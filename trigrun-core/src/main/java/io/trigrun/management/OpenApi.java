package io.trigrun.management;

import io.trigrun.inbound.PublicRoute;
import io.trigrun.route.JsonObject;
import io.trigrun.route.PublicUrl;
import io.trigrun.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Prints routes as an OpenAPI document (3.1): from what requests are found and checked by, so it
 * can't drift.
 */
final class OpenApi {

  private final OpenApiSchemas schemas = new OpenApiSchemas();
  private final Map<String, JsonObject.Builder> paths = new LinkedHashMap<>();
  private final TreeSet<String> tags = new TreeSet<>();

  private OpenApi() {}

  static JsonObject of(List<Route> routes, List<PublicRoute> open, PublicUrl url) {
    OpenApi document = new OpenApi();
    OpenApiErrors errors = new OpenApiErrors(document.schemas);
    OpenApiOperations operations = new OpenApiOperations(document.schemas, errors);
    OpenApiPublic publicly = new OpenApiPublic(document.schemas, errors);
    routes.forEach(route -> document.add(route.path(), route.method(), operations.of(route)));
    open.forEach(route -> document.add(route.path(), route.method(), publicly.of(route)));
    return document.build(url, errors);
  }

  private void add(String path, String method, JsonObject operation) {
    paths
        .computeIfAbsent(path, none -> JsonObject.builder())
        .put(method.toLowerCase(Locale.ROOT), operation);
    tags.add(tag(path));
  }

  private JsonObject build(PublicUrl url, OpenApiErrors errors) {
    Map<String, JsonObject> built = new LinkedHashMap<>();
    paths.forEach((path, methods) -> built.put(path, methods.build()));
    return JsonObject.builder()
        .put("openapi", "3.1.0")
        .put("info", info())
        .put("servers", List.of(object("url", url.at(""))))
        .put("security", List.of(object("token", List.of())))
        .put("tags", tags.stream().map(name -> object("name", name)).toList())
        .put("paths", built)
        .put("components", components(errors))
        .build();
  }

  private static JsonObject info() {
    return JsonObject.builder()
        .put("title", "TrigRun")
        .put(
            "description",
            "Durable jobs, workflows and notifications. `HEAD` is `GET` without a body. What has no"
                + " security is called by whoever has the token in its path.")
        .put("version", "1")
        .put(
            "license",
            JsonObject.builder().put("name", "Apache-2.0").put("identifier", "Apache-2.0").build())
        .build();
  }

  private JsonObject components(OpenApiErrors errors) {
    return JsonObject.builder()
        .put("schemas", schemas.all())
        .put("responses", errors.responses())
        .put("examples", errors.examples())
        .put(
            "securitySchemes",
            object(
                "token", JsonObject.builder().put("type", "http").put("scheme", "bearer").build()))
        .build();
  }

  /** What groups operations. */
  static String tag(String path) {
    return path.substring(1).split("/", 2)[0];
  }

  static JsonObject object(String name, Object value) {
    return JsonObject.builder().put(name, value).build();
  }
}
