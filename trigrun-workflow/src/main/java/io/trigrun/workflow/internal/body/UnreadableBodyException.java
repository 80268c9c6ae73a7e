package io.trigrun.workflow.internal.body;

/** A body is not what it says it is. The message says what was expected, and nothing it said. */
public final class UnreadableBodyException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnreadableBodyException(String message) {
    super(message);
  }

  /** The message. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
