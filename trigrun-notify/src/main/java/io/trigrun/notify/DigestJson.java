package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Digests as JSON, and back. */
final class DigestJson {

  private DigestJson() {}

  static ObjectNode write(Digest digest) {
    return JsonText.object()
        .put("cron", digest.schedule().expression())
        .put("timezone", digest.schedule().zone().getId());
  }

  static Digest read(JsonNode json) {
    return Digest.cron(
        json.required("cron").stringValue(), json.required("timezone").stringValue());
  }
}
