package io.trigrun.workflow.internal.trigger;

/** A body is not what it says it is. The message says what was expected, and nothing it said. */
final class UnreadableBodyException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableBodyException(String message) {
    super(message);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
