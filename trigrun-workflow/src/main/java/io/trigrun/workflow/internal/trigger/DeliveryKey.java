package io.trigrun.workflow.internal.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.spi.UniqueKey;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import io.trigrun.workflow.TriggerDeliveryId;
import io.trigrun.workflow.internal.expression.JsonPath;
import io.trigrun.workflow.internal.expression.OversizedRenderingException;
import io.trigrun.workflow.internal.jsonpath.QueryLimitException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What is unique about a delivery, so that it starts one run however often it comes. */
final class DeliveryKey {

  private static final int LONGEST = 120;
  private static final String HASH = "sha256:";

  private DeliveryKey() {}

  static Optional<UniqueKey> of(
      UUID jobId, TriggerDeliveryId source, InboundRequest request, byte[] bytes, JsonNode body) {
    return header(source, request)
        .or(() -> source.path().flatMap(path -> found(path, body)))
        .map(DeliveryKey::bounded)
        .or(() -> source.bodyHash() ? Optional.of(hash(bytes)) : Optional.empty())
        .map(id -> UniqueKey.whileKept("trigger/" + jobId + "/" + id));
  }

  private static Optional<String> header(TriggerDeliveryId source, InboundRequest request) {
    return source.headers().stream()
        .map(name -> String.join(", ", MacSignature.values(request, name)))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private static Optional<String> found(String path, JsonNode body) {
    try {
      return JsonPath.parse("delivery_id.path", path, new Problems())
          .find(body)
          .filter(node -> node.isString() || node.isNumber())
          .map(JsonNode::asString)
          .filter(id -> !id.isBlank());
    } catch (QueryLimitException | OversizedRenderingException e) { // finds no short id, anyway
      return Optional.empty();
    }
  }

  /** Whatever is too long, can't be stored or looks like a hash becomes one. */
  private static String bounded(String id) {
    return id.length() <= LONGEST && StorableText.isStorable(id) && !id.startsWith(HASH)
        ? id
        : hash(id.getBytes(UTF_8));
  }

  private static String hash(byte[] bytes) {
    return HASH + Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.sha256(bytes));
  }
}
