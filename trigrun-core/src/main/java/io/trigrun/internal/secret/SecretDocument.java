package io.trigrun.internal.secret;

import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.Secret;
import io.trigrun.secret.SecretContext;
import io.trigrun.spi.Definition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A secret as a definition.
 *
 * @param value empty for a name that something refers to and nobody has saved yet
 */
record SecretDocument(
    String workspace, String name, long version, Instant reservedAt, Optional<Value> value) {

  static final String KIND = "secret";

  private static final String PURPOSE = "secret";
  private static final JsonMapper MAPPER = new JsonMapper();

  /** An encrypted value. */
  record Value(Ciphertext ciphertext, Instant createdAt, Instant updatedAt) {
    Value {
      createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
      updatedAt = updatedAt.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** A name that is referred to before there is a value. */
  static SecretDocument reserved(String workspace, String name, Instant now) {
    return new SecretDocument(workspace, name, 1, now, Optional.empty());
  }

  static SecretDocument read(Definition definition) {
    JsonNode document = MAPPER.readTree(definition.document());
    return new SecretDocument(
        definition.workspace(),
        definition.name(),
        definition.version(),
        definition.createdAt(),
        document.has("ciphertext") ? Optional.of(value(document)) : Optional.empty());
  }

  private static Value value(JsonNode document) {
    return new Value(
        new Ciphertext(
            document.get("key_id").stringValue(), document.get("ciphertext").stringValue()),
        Instant.parse(document.get("created_at").stringValue()),
        Instant.parse(document.get("updated_at").stringValue()));
  }

  /** The next version, with another value. */
  SecretDocument with(Value next) {
    return new SecretDocument(workspace, name, version + 1, reservedAt, Optional.of(next));
  }

  UUID id() {
    return SecretIds.of(workspace, name);
  }

  Definition definition() {
    ObjectNode document = MAPPER.createObjectNode();
    value.ifPresent(
        stored -> {
          document.put("key_id", stored.ciphertext().keyId());
          document.put("ciphertext", stored.ciphertext().text());
          document.put("created_at", stored.createdAt().toString());
          document.put("updated_at", stored.updatedAt().toString());
        });
    return new Definition(
        id(),
        workspace,
        KIND,
        name,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
        version,
        reservedAt,
        value.map(Value::updatedAt).orElse(reservedAt),
        document.toString());
  }

  /** What anybody may know; empty if there is no value. */
  Optional<Secret> secret() {
    return value.map(
        stored ->
            new Secret(
                name,
                version,
                stored.ciphertext().keyId(),
                stored.createdAt(),
                stored.updatedAt()));
  }

  static SecretContext context(String workspace, String name) {
    return new SecretContext(workspace, name, PURPOSE);
  }
}
