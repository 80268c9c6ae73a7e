package io.trigrun.signing;

import java.time.Instant;
import java.util.Optional;

/**
 * What a scheme has found.
 *
 * @param signed when the signature was made and what tells the request from others; empty if the
 *     scheme knows neither, or the signature does not hold
 */
record Finding(Verification verification, Optional<Signed> signed) {

  /** Both are covered by the signature. */
  record Signed(Instant at, String key) {}

  static Finding of(Verification verification) {
    return new Finding(verification, Optional.empty());
  }

  static Finding valid(Instant at, String key) {
    return new Finding(Verification.VALID, Optional.of(new Signed(at, key)));
  }
}
