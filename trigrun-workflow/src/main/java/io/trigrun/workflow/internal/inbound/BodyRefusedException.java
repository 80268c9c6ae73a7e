package io.trigrun.workflow.internal.inbound;

/** A body was not taken. The message says what was expected, and nothing of what it said. */
final class BodyRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  private BodyRefusedException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static BodyRefusedException malformed(String message) {
    return new BodyRefusedException(400, "bad_request", message);
  }

  static BodyRefusedException tooLong(String message) {
    return new BodyRefusedException(413, "body_too_large", message);
  }

  static BodyRefusedException wrongType(String expected) {
    return new BodyRefusedException(
        415, "unsupported_media_type", "Content-Type: expected " + expected);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
