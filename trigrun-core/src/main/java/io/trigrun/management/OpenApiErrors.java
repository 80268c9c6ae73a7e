package io.trigrun.management;

import static io.trigrun.management.OpenApi.object;

import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Shape;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Errors of a document: what each code means, with an example of each. */
final class OpenApiErrors {

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
                              + " kind, id and name of who needs what can't go",
                          Shape.anyObject("One of them"))));

  /** What servers themselves refuse, whatever is asked for. */
  private static final Set<ErrorCode> OF_SERVERS =
      EnumSet.of(
          ErrorCode.REQUEST_TIMEOUT,
          ErrorCode.BODY_TOO_LARGE,
          ErrorCode.URI_TOO_LONG,
          ErrorCode.TOO_MANY_HEADERS);

  /** What becomes of any route when things go wrong. */
  static final Set<ErrorCode> OF_ALL = EnumSet.of(ErrorCode.INTERNAL_ERROR, ErrorCode.UNAVAILABLE);

  private final OpenApiSchemas schemas;
  private final Map<String, JsonObject> examples = new TreeMap<>();

  OpenApiErrors(OpenApiSchemas schemas) {
    this.schemas = schemas;
  }

  /** Puts the errors of an operation into its responses, those that any may answer included. */
  void addTo(Map<String, JsonObject> responses, Set<ErrorCode> errors) {
    Map<Integer, Map<String, String>> byStatus = new TreeMap<>();
    errors.forEach(code -> add(byStatus, code));
    OF_ALL.forEach(code -> add(byStatus, code));
    byStatus.forEach((status, codes) -> responses.putIfAbsent("" + status, response(codes)));
    OF_SERVERS.forEach(
        code ->
            responses.putIfAbsent(
                "" + code.status(), object("$ref", "#/components/responses/" + code.wireName())));
  }

  static void add(Map<Integer, Map<String, String>> byStatus, ErrorCode code) {
    byStatus
        .computeIfAbsent(code.status(), none -> new LinkedHashMap<>())
        .put(code.wireName(), code.meaning());
  }

  private JsonObject response(Map<String, String> meanings) {
    return JsonObject.builder()
        .put("description", words(meanings))
        .put("content", object("application/json", content(meanings)))
        .build();
  }

  static String words(Map<String, String> meanings) {
    return meanings.entrySet().stream()
        .map(code -> "`" + code.getKey() + "`: " + code.getValue())
        .collect(Collectors.joining("; "));
  }

  /** The media type of errors with these codes. */
  JsonObject content(Map<String, String> meanings) {
    Map<String, JsonObject> shown = new LinkedHashMap<>();
    meanings.forEach(
        (code, meaning) -> {
          examples.putIfAbsent(code, object("value", example(code, meaning)));
          shown.put(code, object("$ref", "#/components/examples/" + code));
        });
    return JsonObject.builder().put("schema", schemas.of(ERROR)).put("examples", shown).build();
  }

  private static JsonObject example(String code, String meaning) {
    JsonObject.Builder error = JsonObject.builder().put("code", code).put("message", meaning);
    return object("error", error.put("details", details(code)).build());
  }

  private static List<JsonObject> details(String code) {
    return switch (code) {
      case "validation_failed" ->
          List.of(
              JsonObject.builder()
                  .put("field", "/name")
                  .put("message", "expected a value, got nothing")
                  .build());
      case "conflict" ->
          List.of(
              JsonObject.builder()
                  .put("kind", "job")
                  .put("id", "019cf616-9100-7000-8000-4cdb31c23a2a")
                  .put("name", "nightly-sync")
                  .build());
      default -> List.of();
    };
  }

  /** What operations refer to, by names of codes. */
  Map<String, JsonObject> responses() {
    Map<String, JsonObject> all = new LinkedHashMap<>();
    OF_SERVERS.forEach(
        code -> all.put(code.wireName(), response(Map.of(code.wireName(), code.meaning()))));
    return all;
  }

  /** One of each code, of all operations so far. */
  Map<String, JsonObject> examples() {
    return examples;
  }
}
