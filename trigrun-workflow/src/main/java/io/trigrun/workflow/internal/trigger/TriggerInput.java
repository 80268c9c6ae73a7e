package io.trigrun.workflow.internal.trigger;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.validation.Problem;
import io.trigrun.validation.StorableText;
import io.trigrun.workflow.internal.body.BodyJson;
import io.trigrun.workflow.internal.body.UnreadableBodyException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run sees of the delivery that started it (row W7).
 *
 * @param body also for what looks into it
 * @param json <code>{"body", "headers", "query"}</code>
 */
record TriggerInput(JsonNode body, String json) {

  static TriggerInput of(InboundRequest request, byte[] bytes, TriggerDocument trigger)
      throws UnreadableBodyException {
    JsonNode body = BodyReader.read(request, bytes);
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.set("body", body);
    input.set("headers", headers(request, trigger));
    input.set("query", MultiValues.asObject(request.query()));
    String json = BodyJson.write(input);
    Optional<Problem> problem = StorableText.problem(json, "body");
    if (problem.isPresent()) {
      throw new UnreadableBodyException(problem.get().message());
    }
    return new TriggerInput(body, json);
  }

  /** In lower case; several of one name are one value with commas (RFC 9110, section 5.3). */
  private static ObjectNode headers(InboundRequest request, TriggerDocument trigger) {
    Set<String> kept = new TreeSet<>(trigger.spec().keptHeaders());
    trigger
        .spec()
        .verification()
        .proofHeaders()
        .forEach(name -> kept.remove(name.toLowerCase(Locale.ROOT)));
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    for (String name : kept) {
      List<String> values = request.headers().getOrDefault(name, List.of());
      if (!values.isEmpty()) {
        headers.put(name, String.join(", ", values));
      }
    }
    return headers;
  }
}
