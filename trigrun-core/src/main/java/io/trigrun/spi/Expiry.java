package io.trigrun.spi;

import java.time.Duration;

/**
 * Definitions that are forgotten by and by.
 *
 * @param kind what they are
 * @param age how old one is when it may go, from its creation
 */
public record Expiry(String kind, Duration age) {

  /** What was made with an {@code Idempotency-Key}: a day. */
  public static final Expiry IDEMPOTENCY_KEYS = new Expiry("idempotency_key", Duration.ofHours(24));
}
