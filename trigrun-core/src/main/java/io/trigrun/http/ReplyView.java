package io.trigrun.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** An answer with its text and JSON decoded at most once. For one thread. */
final class ReplyView {
  private final HttpReply reply;
  private @Nullable String text;
  private @Nullable String preview;
  private Optional<JsonNode> json = Optional.empty();
  private boolean parsed;

  ReplyView(HttpReply reply) {
    this.reply = reply;
  }

  int status() {
    return reply.status();
  }

  boolean truncated() {
    return reply.truncated();
  }

  Optional<String> header(String name) {
    return reply.header(name);
  }

  String text() {
    if (text == null) {
      text = BodyText.decode(reply);
    }
    return text;
  }

  String preview() {
    if (preview == null) {
      preview = BodyPreview.of(reply);
    }
    return preview;
  }

  /** Empty when the body is not one complete JSON document. */
  Optional<JsonNode> json() {
    if (!parsed) {
      json = parse();
      parsed = true;
    }
    return json;
  }

  private Optional<JsonNode> parse() {
    if (reply.truncated() || text().isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonCodec.TOLERANT.readTree(text()));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
