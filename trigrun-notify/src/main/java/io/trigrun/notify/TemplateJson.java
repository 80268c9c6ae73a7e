package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.validation.ValidationException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Templates as part of other documents, and back. */
final class TemplateJson {

  private static final String TEMPLATE = "template";
  private static final String TITLE = "title";
  private static final String TEXT = "text";
  private static final String PAYLOAD = "payload";

  private TemplateJson() {}

  /** Sets the field, or takes it away for an empty template. */
  static void put(ObjectNode document, MessageTemplate template) {
    if (template.isEmpty()) {
      document.remove(TEMPLATE);
      return;
    }
    ObjectNode json = JsonText.object();
    template.title().ifPresent(words -> json.put(TITLE, words));
    template.text().ifPresent(words -> json.put(TEXT, words));
    template.payload().ifPresent(words -> json.put(PAYLOAD, words));
    document.set(TEMPLATE, json);
  }

  /** Empty if there is none, or one that only a newer node understands: no reason not to tell. */
  static Optional<MessageTemplate> of(JsonNode document) {
    JsonNode json = document.path(TEMPLATE);
    MessageTemplate.Builder template = MessageTemplate.builder();
    text(json, TITLE).ifPresent(template::title);
    text(json, TEXT).ifPresent(template::text);
    text(json, PAYLOAD).ifPresent(template::payload);
    try {
      return Optional.of(template.build()).filter(found -> !found.isEmpty());
    } catch (ValidationException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode json, String field) {
    return json.path(field).stringValueOpt();
  }
}
