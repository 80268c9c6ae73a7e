package io.trigrun.management;

import java.time.Instant;
import java.util.UUID;

/**
 * A token, without what makes it one.
 *
 * @param caller what it lets its holder do
 */
public record BearerToken(UUID id, Caller caller, Instant createdAt) {

  /**
   * A new token, which is shown only this once: the store keeps a hash.
   *
   * @param text {@code trk_} and 43 characters
   */
  public record Issued(BearerToken token, String text) {

    /** Without the text. */
    @Override
    public String toString() {
      return "Issued[token=" + token + ", text=***]";
    }
  }
}
