package io.trigrun.workflow.internal.trigger;

import io.trigrun.secret.Ciphertext;
import io.trigrun.workflow.TriggerDeliveryId;
import io.trigrun.workflow.TriggerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the store keeps of a trigger.
 *
 * @param spec without its secrets
 * @param secrets encrypted, or as names
 */
record TriggerDocument(TriggerSpec spec, List<KeptSecret> secrets) {

  private static final String VERIFICATION = "verification";
  private static final String SECRETS = "secrets";
  private static final String NAME = "name";
  private static final String KEY_ID = "key_id";
  private static final String CIPHERTEXT = "ciphertext";
  private static final String TOLERANCE = "tolerance_seconds";
  private static final String DELIVERY_ID = "delivery_id";
  private static final String HEADERS = "headers";
  private static final String PATH = "path";
  private static final String BODY_HASH = "body_hash";
  private static final String UNIFORM = "uniform_response";

  TriggerDocument {
    secrets = List.copyOf(secrets);
    spec =
        new TriggerSpec(
            spec.verification(),
            Optional.empty(),
            spec.tolerance(),
            spec.deliveryId(),
            spec.uniformResponse(),
            spec.keptHeaders());
  }

  TriggerDocument with(List<KeptSecret> others) {
    return new TriggerDocument(spec, others);
  }

  TriggerDeliveryId deliveryId() {
    return spec.deliveryId().orElseGet(spec.verification()::deliveryId);
  }

  String write() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.set(VERIFICATION, VerificationJson.write(spec.verification()));
    ArrayNode kept = json.putArray(SECRETS);
    secrets.forEach(secret -> put(kept.addObject(), secret));
    json.put(TOLERANCE, spec.tolerance().toSeconds());
    spec.deliveryId().ifPresent(id -> put(json.putObject(DELIVERY_ID), id));
    json.put(UNIFORM, spec.uniformResponse());
    ArrayNode headers = json.putArray(HEADERS);
    spec.keptHeaders().forEach(headers::add);
    return json.toString();
  }

  private static void put(ObjectNode json, KeptSecret secret) {
    if (secret instanceof KeptSecret.Named named) {
      json.put(NAME, named.name());
    } else if (secret instanceof KeptSecret.Sealed sealed) {
      json.put(KEY_ID, sealed.ciphertext().keyId()).put(CIPHERTEXT, sealed.ciphertext().text());
    }
  }

  private static void put(ObjectNode json, TriggerDeliveryId id) {
    ArrayNode headers = json.putArray(HEADERS);
    id.headers().forEach(headers::add);
    id.path().ifPresent(path -> json.put(PATH, path));
    json.put(BODY_HASH, id.bodyHash());
  }

  static TriggerDocument read(String document) {
    JsonNode json = JsonMapper.shared().readTree(document);
    List<KeptSecret> secrets = new ArrayList<>();
    json.required(SECRETS).forEach(each -> secrets.add(secret(each)));
    TriggerSpec spec =
        new TriggerSpec(
            VerificationJson.read(json.required(VERIFICATION)),
            Optional.empty(),
            Duration.ofSeconds(json.required(TOLERANCE).longValue()),
            json.optional(DELIVERY_ID).map(TriggerDocument::deliveryId),
            json.required(UNIFORM).booleanValue(),
            Set.copyOf(new HashSet<>(texts(json.required(HEADERS)))));
    return new TriggerDocument(spec, secrets);
  }

  private static KeptSecret secret(JsonNode json) {
    return json.has(NAME)
        ? new KeptSecret.Named(json.required(NAME).stringValue())
        : new KeptSecret.Sealed(
            new Ciphertext(
                json.required(KEY_ID).stringValue(), json.required(CIPHERTEXT).stringValue()));
  }

  private static TriggerDeliveryId deliveryId(JsonNode json) {
    return new TriggerDeliveryId(
        texts(json.required(HEADERS)),
        json.optional(PATH).map(JsonNode::stringValue),
        json.required(BODY_HASH).booleanValue());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.stringValue()));
    return texts;
  }
}
