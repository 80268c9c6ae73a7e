package io.trigrun.secret;

/** A secret is stored, but its value can't be had; nothing was sent. */
public final class SecretUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  private SecretUnavailableException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /**
   * Asking again is pointless until somebody does something about it: the key is not known, or the
   * ciphertext was changed.
   *
   * @param message what was expected, what came, and the fix; is kept in the history
   */
  public static SecretUnavailableException permanent(String message) {
    return new SecretUnavailableException(message, false);
  }

  /**
   * The same call may succeed later: a service that holds the key is out of reach.
   *
   * @param message what happened; is kept in the history
   */
  public static SecretUnavailableException temporary(String message) {
    return new SecretUnavailableException(message, true);
  }

  /** Whether the same call may succeed later. */
  public boolean isRetryable() {
    return retryable;
  }
}
