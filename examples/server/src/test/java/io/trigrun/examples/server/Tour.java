package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks for operations of the document by their names, compares each answer with what the document
 * says of it, and keeps the first of each status.
 */
final class Tour {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** An operation of the document. */
  record Operation(String name, String method, String path, JsonNode said) {

    /** Bodies that are shown, by name. */
    Map<String, JsonNode> requests() {
      Map<String, JsonNode> requests = new LinkedHashMap<>();
      said.at("/requestBody/content/application~1json/examples")
          .properties()
          .forEach(shown -> requests.put(shown.getKey(), shown.getValue().path("value")));
      return requests;
    }

    boolean isPublic() {
      return said.has("security");
    }

    boolean hasParameter(String in) {
      return said.path("parameters")
          .valueStream()
          .anyMatch(parameter -> parameter.path("in").stringValue().equals(in));
    }
  }

  /** An answer. */
  record Told(int status, JsonNode body, InboundResponse response) {

    String at(String pointer) {
      return body.at(pointer).asString();
    }
  }

  final Map<String, Operation> operations = new LinkedHashMap<>();
  final Map<String, SortedMap<Integer, JsonNode>> answers = new LinkedHashMap<>();
  final TreeSet<String> sent = new TreeSet<>();
  private final WholeSurface surface;

  Tour(WholeSurface surface) {
    this.surface = surface;
    surface.documented.document().path("paths").properties().forEach(this::add);
  }

  private void add(Map.Entry<String, JsonNode> path) {
    path.getValue()
        .properties()
        .forEach(
            method -> {
              String name = method.getValue().path("operationId").stringValue();
              operations.put(
                  name,
                  new Operation(
                      name,
                      method.getKey().toUpperCase(Locale.ROOT),
                      path.getKey(),
                      method.getValue()));
            });
  }

  Operation operation(String name) {
    return Optional.ofNullable(operations.get(name)).orElseThrow(() -> new AssertionError(name));
  }

  /** With a body of the document's; {@code values} go into the path, in turn. */
  Told example(String name, String example, String... values) {
    return example(name, example, Map.of(), values);
  }

  /** The same, with ids that there are in place of those that are shown. */
  Told example(String name, String example, Map<String, String> ids, String... values) {
    JsonNode shown =
        Optional.ofNullable(operation(name).requests().get(example))
            .orElseThrow(() -> new AssertionError(name + " shows no " + example));
    JsonNode schema = operation(name).said().at("/requestBody/content/application~1json/schema");
    assertThat(surface.documented.faults(schema, shown)).as(name).isEmpty();
    String body = shown.toString();
    for (Map.Entry<String, String> id : ids.entrySet()) {
      body = body.replaceAll("(\"" + id.getKey() + "\":)\"[^\"]+\"", "$1\"" + id.getValue() + "\"");
    }
    sent.add(name + " " + example);
    return send(name, body, values);
  }

  /** With this body, or none, by somebody who may write. */
  Told send(String name, String body, String... values) {
    Told told = as(WholeSurface.WRITER, name, "", body, values);
    answers.computeIfAbsent(name, none -> new TreeMap<>()).putIfAbsent(told.status(), told.body());
    return told;
  }

  /** By somebody else, maybe with a query. */
  Told as(String token, String name, String query, String body, String... values) {
    Operation operation = operation(name);
    String path = operation.path();
    for (String value : values) {
      path = path.replaceFirst("\\{[^}]*}", value);
    }
    InboundRequest request =
        InboundRequest.of(operation.method(), path + query)
            .withHeader("Authorization", "Bearer " + token)
            .withBody(body.getBytes(UTF_8));
    if (!body.isEmpty()) {
      request = request.withHeader("Content-Type", "application/json");
    }
    surface.clock.advance(Duration.ofSeconds(1)); // so that each of them has an instant of its own
    InboundResponse response = surface.send(request);
    surface.documented.check(
        operation.method(),
        path,
        response.status(),
        response.header("Content-Type"),
        response.bodyText());
    boolean isJson = response.header("Content-Type").filter("application/json"::equals).isPresent();
    JsonNode told = isJson ? JSON.readTree(response.bodyText()) : JSON.missingNode();
    return new Told(response.status(), told, response);
  }

  /** What is answered when all is well. */
  Told good(Told told) {
    assertThat(told.status()).as(told.response().bodyText()).isLessThan(300);
    return told;
  }
}
