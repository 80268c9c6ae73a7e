package io.trigrun.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the OpenAPI document says, for comparison with what happens. */
public final class Documented {

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode document;
  private final List<Path> paths;
  private final Map<JsonNode, Schema> validators = new ConcurrentHashMap<>();

  /** The document as JSON. */
  public Documented(String document) {
    this.document = JsonMapper.shared().readTree(document);
    this.paths =
        this.document.path("paths").properties().stream()
            .map(Path::of)
            .sorted(Comparator.comparing(Path::parameters))
            .toList();
  }

  /** All of it. */
  public JsonNode document() {
    return document;
  }

  /** Fails unless the answer is one that the document has for the path, if it has the path. */
  void check(String method, String target, Reply reply) {
    check(method, target, reply.status(), reply.header("Content-Type"), reply.body());
  }

  /** The same, for answers of any make. */
  public void check(
      String method, String target, int status, Optional<String> contentType, String body) {
    if (method.equals("HEAD")) {
      return; // has no body that could be compared
    }
    Optional<JsonNode> path = path(target.split("\\?", 2)[0]);
    if (path.isEmpty()) {
      return; // of nobody
    }
    JsonNode operation = path.get().path(method.toLowerCase(Locale.ROOT));
    if (operation.isMissingNode()) {
      assertThat(status).as("%s %s", method, target).isIn(401, 405, 429);
      return;
    }
    JsonNode response = resolved(operation.path("responses").path("" + status));
    assertThat(response.isMissingNode())
        .as("whether %s %s leaves %s %s out of its document", method, target, status, body)
        .isFalse();
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(body).as("%s %s", method, target).isEmpty();
      return;
    }
    String type = contentType.orElse("").split(";", 2)[0];
    assertThat(content.propertyNames()).as("%s %s: %s", method, target, status).contains(type);
    if (type.equals("application/json")) {
      JsonNode schema = content.path(type).path("schema");
      assertThat(faults(schema, JsonMapper.shared().readTree(body)))
          .as("%s %s: %s %s", method, target, status, body)
          .isEmpty();
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").stringValue().substring(1)) : node;
  }

  /** The path that fits, one with words before one with parameters. */
  private Optional<JsonNode> path(String given) {
    return paths.stream()
        .filter(path -> path.template().matcher(given).matches())
        .findFirst()
        .map(Path::methods);
  }

  private record Path(Pattern template, int parameters, JsonNode methods) {

    static Path of(Map.Entry<String, JsonNode> path) {
      return new Path(
          Pattern.compile(path.getKey().replaceAll("\\{[^}]*}", "[^/]+")),
          path.getKey().split("\\{", -1).length,
          path.getValue());
    }
  }

  /** How a value differs from a schema of the document. */
  public List<String> faults(JsonNode schema, JsonNode value) {
    return validators
        .computeIfAbsent(schema, this::validator)
        .validate(
            value,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** Definitions are put beside the schema where its references find them. */
  private Schema validator(JsonNode schema) {
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.setAll((ObjectNode) schema.deepCopy());
    whole.set("components", document.path("components"));
    return SCHEMAS.getSchema(whole);
  }
}
