package io.trigrun.http;

import java.util.Optional;

/**
 * Finds the value behind {@code secret://name} when a request is about to be sent. Called on the
 * thread that renders the request, once per reference.
 */
@FunctionalInterface
public interface SecretLookup {

  /**
   * The value, or empty when there is no such secret: then the request is not sent.
   *
   * @throws io.trigrun.secret.SecretUnavailableException if there is one that can't be had: then
   *     the request is not sent either
   */
  Optional<String> find(String name);

  /** Knows no secrets. */
  static SecretLookup none() {
    return name -> Optional.empty();
  }
}
