package io.trigrun.secret;

/**
 * Something is to be kept secret, and the builder was given no cipher: {@code
 * TrigRunBuilder.secrets(...)} takes one.
 */
public final class NoCipherException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected, and how to give it
   */
  public NoCipherException(String message) {
    super(message);
  }
}
