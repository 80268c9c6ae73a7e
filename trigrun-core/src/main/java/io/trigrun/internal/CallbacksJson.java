package io.trigrun.internal;

import io.trigrun.Callbacks;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code on_success_url}, {@code on_failure_url} and {@code callback_secret} of a job. */
final class CallbacksJson {

  private static final String ON_SUCCESS = "on_success_url";
  private static final String ON_FAILURE = "on_failure_url";
  private static final String SECRET = "callback_secret";

  private CallbacksJson() {}

  static void write(ObjectNode spec, Callbacks callbacks) {
    callbacks.onSuccessUrl().ifPresent(url -> spec.put(ON_SUCCESS, url));
    callbacks.onFailureUrl().ifPresent(url -> spec.put(ON_FAILURE, url));
    callbacks.secret().ifPresent(reference -> spec.put(SECRET, reference));
  }

  static Callbacks read(JsonNode spec) {
    boolean none = !spec.has(ON_SUCCESS) && !spec.has(ON_FAILURE);
    return none
        ? Callbacks.none()
        : new Callbacks(text(spec, ON_SUCCESS), text(spec, ON_FAILURE), text(spec, SECRET));
  }

  private static Optional<String> text(JsonNode spec, String field) {
    return Optional.ofNullable(spec.get(field)).map(JsonNode::stringValue);
  }
}
