package io.trigrun.notify;

import io.trigrun.Json;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.route.JsonObject;
import io.trigrun.validation.Problems;
import java.util.Optional;

/** Templates as the HTTP surface says them. */
final class TemplateBody {

  static final String TEMPLATE = "template";

  private TemplateBody() {}

  /** Of a body; one that changes nothing for null. What is wrong is noted. */
  static Optional<MessageTemplate> read(JsonObject body, Problems problems) {
    if (!body.has(TEMPLATE)) {
      return Optional.empty();
    }
    JsonObject words = body.object(TEMPLATE).orElseGet(() -> JsonObject.builder().build());
    MessageTemplate.Builder template = MessageTemplate.builder();
    words.text("title").ifPresent(template::title);
    words.text("text").ifPresent(template::text);
    words.json("payload").map(Json::text).ifPresent(template::payload);
    return problems.attempt(template::build);
  }

  static JsonObject of(MessageTemplate template) {
    return JsonObject.builder()
        .putIfPresent("title", template.title())
        .putIfPresent("text", template.text())
        .putIfPresent("payload", template.payload().map(Json::new))
        .build();
  }
}
