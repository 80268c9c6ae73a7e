package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.secret.Ciphertext;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a delivery sends, as a part of the JSON that keeps it, and back. */
final class ContentJson {

  private static final String CONTENT_TYPE = "content_type";
  private static final String BODY = "body";
  private static final String MESSAGE = "message";
  private static final String CREDENTIALS = "credentials";
  private static final String SEALED = "sealed";
  private static final String KEY_ID = "key_id";
  private static final String CIPHERTEXT = "ciphertext";

  private ContentJson() {}

  static void put(ObjectNode json, DeliveryContent content) {
    if (content instanceof DeliveryContent.Sealed sealed) {
      json.putObject(SEALED)
          .put(KEY_ID, sealed.ciphertext().keyId())
          .put(CIPHERTEXT, sealed.ciphertext().text());
    } else if (content instanceof DeliveryContent.Open open) {
      open.rendering()
          .ifPresent(
              rendered ->
                  json.put(CONTENT_TYPE, rendered.contentType()).put(BODY, rendered.body()));
      open.message().ifPresent(message -> json.set(MESSAGE, MessageJson.write(message)));
      open.template().ifPresent(template -> TemplateJson.put(json, template));
      if (!open.credentials().isEmpty()) {
        open.credentials().forEach(json.putArray(CREDENTIALS)::add);
      }
    }
  }

  static DeliveryContent of(JsonNode json) {
    if (json.has(SEALED)) {
      JsonNode sealed = json.required(SEALED);
      return new DeliveryContent.Sealed(
          new Ciphertext(
              sealed.required(KEY_ID).stringValue(), sealed.required(CIPHERTEXT).stringValue()));
    }
    return open(json);
  }

  static DeliveryContent.Open open(JsonNode json) {
    DeliveryContent.Open open =
        json.has(BODY)
            ? DeliveryContent.of(
                new Rendering(
                    json.required(CONTENT_TYPE).stringValue(), json.required(BODY).stringValue()))
            : DeliveryContent.of(MessageJson.read(json.required(MESSAGE)), TemplateJson.of(json));
    List<String> credentials = new ArrayList<>();
    json.path(CREDENTIALS).forEach(value -> credentials.add(value.stringValue()));
    return open.holding(credentials);
  }

  /** By itself. */
  static String write(DeliveryContent.Open content) {
    ObjectNode json = JsonText.object();
    put(json, content);
    return JsonText.write(json);
  }
}
