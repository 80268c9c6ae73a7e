package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.validation.Problem;
import io.trigrun.validation.StorableText;
import io.trigrun.workflow.internal.body.BodyJson;
import io.trigrun.workflow.internal.body.UnreadableBodyException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What was posted to a wait, as the input of its step: JSON as it is, text and forms as a string.
 */
final class ResumeInput {

  /** As long as outputs of steps may be, which it becomes. */
  private static final int LONGEST = 256 * 1024;

  private static final String TYPES =
      "application/json, text/plain or application/x-www-form-urlencoded";

  private ResumeInput() {}

  static String of(InboundRequest request) throws BodyRefusedException {
    String input = BodyJson.write(node(request));
    if (input.length() > LONGEST) {
      throw BodyRefusedException.tooLong(
          "body: expected at most %,d characters of JSON, got %,d"
              .formatted(LONGEST, input.length()));
    }
    Optional<Problem> problem = StorableText.problem(input, "body");
    if (problem.isPresent()) {
      throw BodyRefusedException.malformed(problem.get().message());
    }
    return input;
  }

  /** A body that says it is JSON. */
  static JsonNode json(InboundRequest request) throws BodyRefusedException {
    JsonNode root;
    try {
      root = BodyJson.read(request.body());
    } catch (UnreadableBodyException e) {
      throw BodyRefusedException.malformed(e.text());
    }
    if (root.isMissingNode()) {
      throw BodyRefusedException.malformed("body: expected JSON, got nothing");
    }
    return root;
  }

  private static JsonNode node(InboundRequest request) throws BodyRefusedException {
    String type = request.mediaType().orElse("application/json");
    if (type.equals("text/plain") || type.equals("application/x-www-form-urlencoded")) {
      return JsonNodeFactory.instance.stringNode(request.bodyText());
    }
    if (!BodyJson.isType(type)) {
      throw BodyRefusedException.wrongType(TYPES);
    }
    return request.bodyText().isBlank() ? JsonNodeFactory.instance.nullNode() : json(request);
  }
}
