package io.trigrun.http;

import io.trigrun.secret.Redaction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An answer with its text and JSON decoded at most once. It is judged as it came; what is shown or
 * kept of it is without the secrets that were sent. For one thread.
 */
final class ReplyView {
  private final HttpReply reply;
  private final Redaction redaction;
  private @Nullable String text;
  private @Nullable String shownText;
  private @Nullable String preview;
  private Optional<JsonNode> json = Optional.empty();
  private boolean parsed;

  ReplyView(HttpReply reply, Redaction redaction) {
    this.reply = reply;
    this.redaction = redaction;
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

  List<String> headers(String name) {
    return reply.headers().getOrDefault(name, List.of());
  }

  /** Any whole part of the answer, fit to be cut and shown. */
  String shown(String part) {
    return redaction.apply(part);
  }

  /** {@link #text()}, fit to be cut and shown. */
  String shownText() {
    if (shownText == null) {
      shownText = reply.truncated() ? redaction.applyToBeginning(text()) : redaction.apply(text());
    }
    return shownText;
  }

  Redaction redaction() {
    return redaction;
  }

  String text() {
    if (text == null) {
      text = BodyText.decode(reply);
    }
    return text;
  }

  String preview() {
    if (preview == null) {
      preview = BodyPreview.of(reply, redaction);
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
      return Optional.of(JsonCodec.read(JsonCodec.TOLERANT, text()));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
