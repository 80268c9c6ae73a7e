package io.trigrun.management;

import io.trigrun.inbound.InboundResponse;
import io.trigrun.route.Answer;
import java.util.Map;

/** Answers as responses, which nobody between us and the caller is to keep. */
final class SafeAnswers {

  private static final Map<String, String> HEADERS =
      Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff");

  private SafeAnswers() {}

  static InboundResponse response(Answer answer) {
    InboundResponse plain =
        answer
            .body()
            .map(body -> InboundResponse.json(answer.status(), body.json()))
            .orElseGet(() -> InboundResponse.empty(answer.status()));
    InboundResponse tagged =
        answer.tag().map(tag -> plain.withHeader("ETag", '"' + tag + '"')).orElse(plain);
    return answer.isReplayed() ? tagged.withHeader("Idempotent-Replayed", "true") : tagged;
  }

  static InboundResponse on(InboundResponse response) {
    return response.withHeaders(HEADERS);
  }
}
