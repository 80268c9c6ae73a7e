package io.trigrun.internal;

/** A payload does not fit its handler's type: no attempt will ever succeed. */
final class UnreadablePayloadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadablePayloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
