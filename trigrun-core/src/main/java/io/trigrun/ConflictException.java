package io.trigrun;

/** What was asked for does not go with what is stored. Nothing was changed. */
public final class ConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The message says what was expected, what is there, and the fix. */
  public ConflictException(String message) {
    super(message);
  }
}
