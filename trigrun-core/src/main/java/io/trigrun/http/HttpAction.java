package io.trigrun.http;

import io.trigrun.JobAction;
import io.trigrun.validation.Problems;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An HTTP request as a job saves it, with the rules by which its answer is judged (rows S5, S9,
 * S10). Immutable; {@link #toString} shows neither header values nor the query.
 *
 * <p>Everything is checked when the action is made. Messages use the names of the JSON form ({@link
 * HttpActionJson}), such as {@code request.timeout_seconds}.
 *
 * @param method how; {@code GET} unless said otherwise
 * @param url where: absolute, http or https, at most 2,048 characters; placeholders in path and
 *     query
 * @param headers at most 50, one value a name; values may hold placeholders and {@code
 *     secret://name}
 * @param body what; none with {@code GET}
 * @param timeout for the whole exchange, the last byte of the body included: 1 to 300 whole
 *     seconds, 30 by default
 * @param successStatuses the statuses that count as success: 100 to 599, by default 200, 201, 202
 *     and 204
 * @param checks what else must hold of an answer with such a status; at most 50
 * @param output names and selectors of what to keep of a successful answer; at most 50, see {@link
 *     Builder#output}
 * @param followRedirects whether up to 5 redirects are followed; no by default
 */
public record HttpAction(
    HttpMethod method,
    String url,
    Map<String, String> headers,
    Optional<HttpBody> body,
    Duration timeout,
    SortedSet<Integer> successStatuses,
    List<ResponseCheck> checks,
    Map<String, String> output,
    boolean followRedirects)
    implements JobAction {

  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  static final List<Integer> DEFAULT_STATUSES = List.of(200, 201, 202, 204);
  private static final int MAX_CHECKS = 50;

  /**
   * @throws io.trigrun.validation.ValidationException listing every problem
   */
  public HttpAction {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    successStatuses = Collections.unmodifiableSortedSet(new TreeSet<>(successStatuses));
    checks = List.copyOf(checks);
    output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
    Problems problems = new Problems();
    ActionRules.collect(problems, () -> RequestUrl.template("request.url", url));
    Duration seconds = timeout;
    ActionRules.collect(problems, () -> ActionRules.checkTimeout(seconds));
    Map<String, String> fields = headers;
    ActionRules.collect(problems, () -> ActionRules.checkHeaders(fields));
    Collection<Integer> statuses = successStatuses;
    ActionRules.collect(problems, () -> ActionRules.checkStatuses(statuses));
    problems.check(
        method != HttpMethod.GET || body.isEmpty(),
        "request.body",
        "no body with method GET (use POST, PUT, PATCH or DELETE)",
        "a body");
    problems.check(
        checks.size() <= MAX_CHECKS, "request.checks", "at most " + MAX_CHECKS, checks.size());
    problems.check(
        output.size() <= MAX_CHECKS, "request.output", "at most " + MAX_CHECKS, output.size());
    output.forEach(
        (name, selector) ->
            ActionRules.collect(problems, () -> ActionRules.checkOutput(name, selector)));
    problems.throwIfAny();
  }

  /** A builder for {@code GET url}. */
  public static Builder get(String url) {
    return request(HttpMethod.GET, url);
  }

  /** A builder for {@code POST url}. */
  public static Builder post(String url) {
    return request(HttpMethod.POST, url);
  }

  /** A builder for {@code PUT url}. */
  public static Builder put(String url) {
    return request(HttpMethod.PUT, url);
  }

  /** A builder for {@code PATCH url}. */
  public static Builder patch(String url) {
    return request(HttpMethod.PATCH, url);
  }

  /** A builder for {@code DELETE url}. */
  public static Builder delete(String url) {
    return request(HttpMethod.DELETE, url);
  }

  /** A builder for any method. */
  public static Builder request(HttpMethod method, String url) {
    return new Builder(method, url);
  }

  /** The names behind {@code secret://} in the header values, each once, sorted. */
  public SortedSet<String> secretNames() {
    SortedSet<String> names = new TreeSet<>();
    headers.values().forEach(value -> names.addAll(SecretReferences.names(value)));
    return names;
  }

  /** Scheme, host and port of its URL, as they stand there; placeholders can't be in them. */
  public URI origin() {
    return RequestUrl.origin(url);
  }

  /** The host of its URL, as it stands there; placeholders can't be in it. */
  public String host() {
    return RequestUrl.host(url);
  }

  @Override
  public String toString() {
    return "HttpAction["
        + method
        + " "
        + RequestUrl.masked(url)
        + ", headers="
        + headers.keySet()
        + ", timeout="
        + timeout.toSeconds()
        + "s]";
  }

  /**
   * Collects the parts of an action. Each setter refuses a bad value at once with a {@link
   * io.trigrun.validation.ValidationException}; not thread-safe.
   */
  public static final class Builder {
    private HttpMethod method;
    private final String url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Optional<HttpBody> body = Optional.empty();
    private Duration timeout = DEFAULT_TIMEOUT;
    private Collection<Integer> successStatuses = DEFAULT_STATUSES;
    private final List<ResponseCheck> checks = new ArrayList<>();
    private final Map<String, String> output = new LinkedHashMap<>();
    private boolean followRedirects;

    private Builder(HttpMethod method, String url) {
      RequestUrl.template("request.url", url);
      this.method = method;
      this.url = url;
    }

    /** Replaces the method. */
    public Builder method(HttpMethod method) {
      this.method = method;
      return this;
    }

    /**
     * Adds a header: printable ASCII, at most 8,192 characters. Names that belong to the transport
     * ({@code Host}, {@code Content-Length}, ...) and to tracing are refused, as is a name given
     * before.
     */
    public Builder header(String name, String value) {
      ActionRules.checkHeader(name, value);
      Problems.require(
          headers.keySet().stream().noneMatch(name::equalsIgnoreCase),
          HeaderRules.field(name),
          "each header once, whatever its case",
          "it twice");
      headers.put(name, value);
      return this;
    }

    /** Sends this text in UTF-8, placeholders replaced. Set {@code Content-Type} yourself. */
    public Builder body(String text) {
      return body(new HttpBody.Text(text));
    }

    /** Sends this JSON object or array, placeholders in its string values replaced. */
    public Builder jsonBody(String json) {
      return body(new HttpBody.Json(json));
    }

    Builder body(HttpBody content) {
      body = Optional.of(content);
      return this;
    }

    /** The deadline of the whole exchange: 1 to 300 whole seconds, 30 by default. */
    public Builder timeout(Duration timeout) {
      ActionRules.checkTimeout(timeout);
      this.timeout = timeout;
      return this;
    }

    /** Replaces the statuses that count as success: 200, 201, 202 and 204 by default. */
    public Builder successStatuses(int... statuses) {
      List<Integer> list = Arrays.stream(statuses).boxed().toList();
      ActionRules.checkStatuses(list);
      successStatuses = list;
      return this;
    }

    /** Adds rules that an answer with a success status must meet; all of them must hold. */
    public Builder expect(ResponseCheck... rules) {
      checks.addAll(List.of(rules));
      return this;
    }

    /**
     * Keeps a part of a successful answer under a name in the execution's output. A part that is
     * not there becomes {@code null}, so a name is always present; to insist on it, add {@link
     * ResponseCheck#jsonExists}.
     *
     * @param selector a JSON field ({@code /order/id} as in RFC 6901, or {@code $.order.items[0]}),
     *     {@code header:ETag}, {@code status} (a number) or {@code body} (its text, at most 64 KB)
     */
    public Builder output(String name, String selector) {
      ActionRules.checkOutput(name, selector);
      output.put(name, selector);
      return this;
    }

    /**
     * Whether to follow up to 5 redirects. Off by default: a redirect is then an answer like any
     * other. Credentials are dropped when a hop leaves the origin, and https never becomes http.
     */
    public Builder followRedirects(boolean follow) {
      followRedirects = follow;
      return this;
    }

    /**
     * The action.
     *
     * @throws io.trigrun.validation.ValidationException for contradictions between parts, such as a
     *     body with {@code GET}
     */
    public HttpAction build() {
      return new HttpAction(
          method,
          url,
          headers,
          body,
          timeout,
          new TreeSet<>(successStatuses),
          checks,
          output,
          followRedirects);
    }
  }
}
