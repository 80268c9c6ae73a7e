package io.trigrun.notify.provider;

import io.trigrun.validation.StorableText;
import java.nio.charset.StandardCharsets;

/**
 * A message as it is sent, except for where to.
 *
 * @param contentType for the {@code Content-Type} header
 * @param body sent as UTF-8; U+FFFD takes the place of what no store can hold and no receiver read,
 *     NUL and halves of characters
 */
public record Rendering(String contentType, String body) {

  public Rendering {
    body = StorableText.of(body);
  }

  /** The bytes to sign and to send. */
  public byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** Shows no content: it may be long, and nobody's business. */
  @Override
  public String toString() {
    return "Rendering[" + contentType + ", " + body.length() + " characters]";
  }
}
