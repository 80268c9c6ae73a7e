package io.trigrun.route;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A request is not done: becomes the error of the answer. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient List<JsonObject> details;
  private final transient Map<String, String> headers;

  private Refusal(
      ErrorCode code, String message, List<JsonObject> details, Map<String, String> headers) {
    super(message, null, false, false); // it says something to the caller: its stack says nothing
    this.code = code;
    this.details = List.copyOf(details);
    this.headers = Map.copyOf(headers);
  }

  /**
   * Without details.
   *
   * @param message for people: what was expected, what came, the fix; never a secret
   */
  public static Refusal of(ErrorCode code, String message) {
    return new Refusal(code, message, List.of(), Map.of());
  }

  /** With details, whose form depends on the code. */
  public static Refusal of(ErrorCode code, String message, List<JsonObject> details) {
    return new Refusal(code, message, details, Map.of());
  }

  /** One field or parameter is wrong. */
  public static Refusal invalid(String field, String message) {
    return of(ErrorCode.VALIDATION_FAILED, field + ": " + message, List.of(detail(field, message)));
  }

  /**
   * Several are.
   *
   * @param messages by field or parameter, in their order; names that are not to be printed are
   *     left out of the answer
   */
  public static Refusal invalid(Map<String, String> messages) {
    return invalid(
        messages.entrySet().stream()
            .map(wrong -> detail(ShapeCheck.shown(wrong.getKey()), wrong.getValue()))
            .toList());
  }

  /** With what {@link #detail} says of each. */
  public static Refusal invalid(List<JsonObject> details) {
    return of(
        ErrorCode.VALIDATION_FAILED,
        details.size() == 1
            ? "one thing is wrong, see details"
            : details.size() + " things are wrong, see details",
        details);
  }

  /** What is wrong with one field or parameter. */
  public static JsonObject detail(String field, String message) {
    return JsonObject.builder().put("field", field).put("message", message).build();
  }

  /** 404. */
  public static Refusal notFound() {
    return of(ErrorCode.NOT_FOUND, "there is no such thing in this workspace");
  }

  /** The same, saying when to come again, in whole seconds, rounded up, at least 1. */
  public Refusal retryAfter(Duration wait) {
    return withHeader("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
  }

  /** The same, with a header that goes with its code, and no other. */
  public Refusal withHeader(String name, String value) {
    return new Refusal(code, text(), details, Map.of(name, value));
  }

  /** Which error it is. */
  public ErrorCode code() {
    return code;
  }

  /** The message. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** Maybe none. */
  public List<JsonObject> details() {
    return details;
  }

  /** For the answer. */
  public Map<String, String> headers() {
    return headers;
  }
}
