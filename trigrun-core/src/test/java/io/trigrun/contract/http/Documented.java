package io.trigrun.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
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
  private final Map<JsonNode, Schema> validators = new ConcurrentHashMap<>();

  /** The document as JSON. */
  public Documented(String document) {
    this.document = JsonMapper.shared().readTree(document);
  }

  /** All of it. */
  public JsonNode document() {
    return document;
  }

  /** Fails unless the answer is one that the document has for the path, if it has the path. */
  void check(String method, String target, Reply reply) {
    if (method.equals("HEAD")) {
      return; // has no body that could be compared
    }
    Optional<JsonNode> path = path(target.split("\\?", 2)[0]);
    JsonNode operation =
        path.map(found -> found.path(method.toLowerCase(Locale.ROOT)))
            .orElseGet(() -> document.path("nothing"));
    if (path.isEmpty()) {
      return; // of the public part, or of nobody
    }
    if (operation.isMissingNode()) {
      assertThat(reply.status()).as("%s %s", method, target).isIn(401, 405, 429);
      return;
    }
    JsonNode response = operation.path("responses").path("" + reply.status());
    assertThat(response.isMissingNode())
        .as("whether %s %s leaves %s out of its document", method, target, reply)
        .isFalse();
    JsonNode schema = response.at("/content/application~1json/schema");
    if (schema.isMissingNode()) {
      assertThat(reply.body()).as("%s %s", method, target).isEmpty();
    } else {
      assertThat(faults(schema, reply.json())).as("%s %s: %s", method, target, reply).isEmpty();
    }
  }

  /** The path that fits, one with words before one with parameters. */
  private Optional<JsonNode> path(String given) {
    return document.path("paths").properties().stream()
        .filter(entry -> Pattern.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+"), given))
        .sorted((one, other) -> Integer.compare(braces(one.getKey()), braces(other.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static int braces(String path) {
    return path.split("\\{", -1).length;
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
