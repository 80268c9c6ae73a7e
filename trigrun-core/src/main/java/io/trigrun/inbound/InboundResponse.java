package io.trigrun.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.validation.Problems;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** An answer. Immutable; {@link #toString} shows its status only. */
public final class InboundResponse {

  /** For what is nobody's on the way to keep, nor a browser's to guess about. */
  private static final Map<String, String> UNKEPT =
      Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff");

  private static final String CONTENT_TYPE = "Content-Type";
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private InboundResponse(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * Without a body.
   *
   * @param status 200 to 599
   */
  public static InboundResponse empty(int status) {
    Problems.require(status >= 200 && status <= 599, "status", "200 to 599", status);
    return new InboundResponse(status, Map.of(), new byte[0]);
  }

  /** A JSON text, which is taken as it is. */
  public static InboundResponse json(int status, String json) {
    return empty(status).withBody("application/json", json.getBytes(UTF_8));
  }

  /** A page, which is taken as it is. */
  public static InboundResponse html(int status, String html) {
    return empty(status).withBody("text/html; charset=utf-8", html.getBytes(UTF_8));
  }

  /**
   * An error as all of TrigRun's routes tell it: <code>{"error": {"code", "message", "details"}}
   * </code>, without details, to be kept by no cache.
   *
   * @param code for programs, {@code not_found} for example
   * @param message for people; never a secret
   */
  public static InboundResponse error(int status, String code, String message) {
    return error(status, code, message, List.of());
  }

  /** An error that many routes know. */
  public static InboundResponse error(ErrorCode code, String message) {
    return error(code.status(), code.wireName(), message);
  }

  /** With details, whose form depends on the code. */
  public static InboundResponse error(
      int status, String code, String message, List<JsonObject> details) {
    JsonObject error =
        JsonObject.builder()
            .put("code", code)
            .put("message", message)
            .put("details", details)
            .build();
    return json(status, JsonObject.builder().put("error", error).build().json())
        .withHeaders(UNKEPT);
  }

  /** 404, and nothing about why. */
  public static InboundResponse notFound() {
    return error(ErrorCode.NOT_FOUND, "there is nothing here");
  }

  /**
   * 405.
   *
   * @param allowed the methods that would do; {@code HEAD} where there is {@code GET}
   */
  public static InboundResponse methodNotAllowed(String... allowed) {
    String list = String.join(", ", List.of(allowed));
    return error(ErrorCode.METHOD_NOT_ALLOWED, "expected one of " + list).withHeader("Allow", list);
  }

  /**
   * 429.
   *
   * @param wait when to come again, told in whole seconds, rounded up, at least 1
   */
  public static InboundResponse tooManyRequests(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return error(ErrorCode.TOO_MANY_REQUESTS, "try again in " + seconds + " s")
        .withHeader("Retry-After", Long.toString(seconds));
  }

  /** The same with another body, which is copied. */
  public InboundResponse withBody(String contentType, byte[] bytes) {
    return new InboundResponse(
        status, withHeader(CONTENT_TYPE, contentType).headers, bytes.clone());
  }

  /**
   * The same with one header more, or another value for it.
   *
   * @throws io.trigrun.validation.ValidationException for a name that is no token, or a value with
   *     control characters or beyond ASCII
   */
  public InboundResponse withHeader(String name, String value) {
    return withHeaders(Map.of(name, value));
  }

  /** The same with these headers, too; see {@link #withHeader}. */
  public InboundResponse withHeaders(Map<String, String> some) {
    TreeMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    some.forEach(
        (name, value) -> {
          Problems.require(NAME.matcher(name).matches(), "header", "a token as its name", name);
          Problems.require(
              value.chars().allMatch(c -> c >= ' ' && c < 0x7f),
              name,
              "printable ASCII",
              "another value, not shown");
          more.put(name, value);
        });
    return new InboundResponse(status, Collections.unmodifiableMap(more), body);
  }

  /** 200 to 599. */
  public int status() {
    return status;
  }

  /** Looks names up in any case. Content-Length is the adapter's. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A copy of the bytes. */
  public byte[] body() {
    return body.clone();
  }

  /** The body as UTF-8. */
  public String bodyText() {
    return new String(body, UTF_8);
  }

  @Override
  public String toString() {
    return "InboundResponse[" + status + ", " + body.length + " bytes]";
  }
}
