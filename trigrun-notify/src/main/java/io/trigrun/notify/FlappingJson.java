package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is flapping, as JSON, and back. */
final class FlappingJson {

  private FlappingJson() {}

  static ObjectNode write(Flapping flapping) {
    return JsonText.object()
        .put("changes", flapping.changes())
        .put("within", flapping.within().toString())
        .put("steady_for", flapping.steadyFor().toString());
  }

  static Flapping read(JsonNode json) {
    return new Flapping(
        json.required("changes").intValue(),
        Duration.parse(json.required("within").stringValue()),
        Duration.parse(json.required("steady_for").stringValue()));
  }
}
