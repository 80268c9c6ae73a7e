package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came back: the status, the headers and as much of the body as the call asked for. */
public final class HttpReply {
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final boolean truncated;
  private final Duration latency;

  /**
   * @param status 100 to 999
   * @param headers names in any case; values in the order they came
   * @param body copied
   * @param truncated whether there was more body than this
   * @param latency from sending to the last byte kept; not negative
   */
  public HttpReply(
      int status,
      Map<String, List<String>> headers,
      byte[] body,
      boolean truncated,
      Duration latency) {
    Problems.require(status >= 100 && status <= 999, "status", "100 to 999", status);
    Problems.require(!latency.isNegative(), "latency", "no negative duration", latency);
    TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    this.status = status;
    this.headers = Collections.unmodifiableMap(copy);
    this.body = body.clone();
    this.truncated = truncated;
    this.latency = latency;
  }

  /** What a call that began then got. */
  static HttpReply of(HttpResponse<BoundedBody.Kept> response, long startedAt) {
    BoundedBody.Kept kept = response.body();
    return new HttpReply(
        response.statusCode(),
        response.headers().map(),
        kept.bytes,
        kept.truncated,
        Duration.ofNanos(System.nanoTime() - startedAt));
  }

  public int status() {
    return status;
  }

  /** Looks names up in any case. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** A copy of the bytes kept. */
  public byte[] body() {
    return body.clone();
  }

  /** The bytes themselves, for readers in this package. */
  byte[] bytes() {
    return body;
  }

  /** The body decoded by its {@code Content-Type}; by UTF-8 where that says nothing usable. */
  public String text() {
    return BodyText.decode(this);
  }

  /**
   * Whether the body is none to be read as text, going by {@code Content-Type}, {@code
   * Content-Encoding} and, where these are silent, its first bytes. {@link BodyPreview} describes
   * such a one.
   */
  public boolean isBinary() {
    return BodyPreview.isBinary(this);
  }

  /** Whether the body was longer than the call allowed; the rest was not read. */
  public boolean truncated() {
    return truncated;
  }

  public Duration latency() {
    return latency;
  }

  @Override
  public String toString() {
    return "HttpReply[" + status + ", " + body.length + (truncated ? "+" : "") + " bytes]";
  }
}
