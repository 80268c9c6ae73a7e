package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One concrete request for a {@link HttpTransport}: nothing left to replace. {@link #toString}
 * shows neither header values nor the query.
 */
public final class HttpCall {
  private final HttpMethod method;
  private final URI uri;
  private final Map<String, String> headers;
  private final Set<String> secretHeaders;
  private final Optional<byte[]> body;
  private final Duration timeout;
  private final boolean followRedirects;
  private final int maxBodyBytes;

  private HttpCall(Builder from) {
    method = from.method;
    uri = from.uri;
    headers = Collections.unmodifiableMap(caseInsensitive(from.headers));
    TreeSet<String> secret = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    secret.addAll(from.secretHeaders);
    secretHeaders = Collections.unmodifiableSet(secret);
    body = from.body;
    timeout = from.timeout;
    followRedirects = from.followRedirects;
    maxBodyBytes = from.maxBodyBytes;
  }

  /**
   * A builder with a timeout of 30 s, no redirects and at most 1 MiB of the answer's body.
   *
   * @throws io.trigrun.validation.ValidationException unless this is an http or https URL as {@link
   *     HttpAction#url} describes
   */
  public static Builder builder(HttpMethod method, URI uri) {
    return new Builder(method, RequestUrl.parse("request.url", uri.toString()));
  }

  public HttpMethod method() {
    return method;
  }

  /** In ASCII form. */
  public URI uri() {
    return uri;
  }

  /** Looks names up in any case. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Names of headers that hold secrets and must not reach another origin; in any case. */
  public Set<String> secretHeaders() {
    return secretHeaders;
  }

  /** A copy of the bytes to send. */
  public Optional<byte[]> body() {
    return body.map(byte[]::clone);
  }

  /** The bytes themselves, for readers in this package. */
  Optional<byte[]> bytes() {
    return body;
  }

  /** The deadline of the whole exchange, the answer's body included. */
  public Duration timeout() {
    return timeout;
  }

  public boolean followRedirects() {
    return followRedirects;
  }

  /** How much of the answer's body to keep. */
  public int maxBodyBytes() {
    return maxBodyBytes;
  }

  @Override
  public String toString() {
    return "HttpCall["
        + method
        + " "
        + RequestUrl.masked(uri.toString())
        + ", headers="
        + headers.keySet()
        + "]";
  }

  private static Map<String, String> caseInsensitive(Map<String, String> headers) {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    return copy;
  }

  /** Collects the parts of a call; a header given again replaces the first. Not thread-safe. */
  public static final class Builder {
    private final HttpMethod method;
    private final URI uri;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> secretHeaders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private Optional<byte[]> body = Optional.empty();
    private Duration timeout = HttpAction.DEFAULT_TIMEOUT;
    private boolean followRedirects;
    private int maxBodyBytes = HttpBody.MAX_BYTES;

    private Builder(HttpMethod method, URI uri) {
      this.method = method;
      this.uri = uri;
    }

    /** Sets a header; the rules of {@link HttpAction.Builder#header} for names and values hold. */
    public Builder header(String name, String value) {
      HeaderRules.checkName(name);
      HeaderRules.checkValue(name, value);
      headers.remove(name); // so that the last spelling of the name wins too
      headers.put(name, value);
      secretHeaders.remove(name);
      return this;
    }

    /** Sets a header that is dropped when a redirect leaves the origin. */
    public Builder secretHeader(String name, String value) {
      header(name, value);
      secretHeaders.add(name);
      return this;
    }

    /** The bytes to send; copied. */
    public Builder body(byte[] bytes) {
      body = Optional.of(bytes.clone());
      return this;
    }

    /** The deadline of the whole exchange: more than zero, at most an hour. */
    public Builder timeout(Duration timeout) {
      Problems.require(
          timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(Duration.ofHours(1)) <= 0,
          "request.timeout_seconds",
          "more than zero and at most an hour",
          timeout);
      this.timeout = timeout;
      return this;
    }

    /** Whether up to 5 redirects are followed. */
    public Builder followRedirects(boolean follow) {
      followRedirects = follow;
      return this;
    }

    /** How much of the answer's body to keep: 0 to 16 MiB. */
    public Builder maxBodyBytes(int bytes) {
      Problems.require(
          bytes >= 0 && bytes <= 16 << 20, "max_body_bytes", "0 to 16777216 bytes", bytes);
      maxBodyBytes = bytes;
      return this;
    }

    /** The call. */
    public HttpCall build() {
      return new HttpCall(this);
    }
  }
}
