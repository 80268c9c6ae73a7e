package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.internal.JsonText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON of an answer. */
final class AnswerJson {

  private AnswerJson() {}

  /** An empty object if it is none: the page of a proxy, or cut off. */
  static JsonNode of(HttpReply reply) {
    try {
      return JsonText.read(new String(reply.body(), UTF_8));
    } catch (JacksonException e) { // the status has to do
      return JsonText.object();
    }
  }
}
