package io.trigrun.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.validation.Problems;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A request as routes see it: whole, its size already limited by the adapter. Immutable. {@link
 * #toString} shows neither path, query, headers nor body, which may hold tokens.
 */
public final class InboundRequest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final String method;
  private final String path;
  private final Map<String, List<String>> query;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final Optional<String> remoteAddress;
  private final Optional<Principal> principal;

  private InboundRequest(
      String method,
      String path,
      Map<String, List<String>> query,
      Map<String, List<String>> headers,
      byte[] body,
      Optional<String> remoteAddress,
      Optional<Principal> principal) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.remoteAddress = remoteAddress;
    this.principal = principal;
  }

  /**
   * A request without headers and body, to be completed by the methods below.
   *
   * @param method taken as upper case
   * @param target path below the mount point as it was sent, percent signs included, beginning with
   *     a slash; and maybe a question mark and the query
   * @throws io.trigrun.validation.ValidationException if the target does not begin with a slash
   */
  public static InboundRequest of(String method, String target) {
    Problems.require(target.startsWith("/"), "target", "a path that begins with /", "another");
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new InboundRequest(
        method.toUpperCase(Locale.ROOT),
        path,
        FormFields.parse(query),
        Map.of(),
        new byte[0],
        Optional.empty(),
        Optional.empty());
  }

  /** The same with these headers and no others; names in any case. */
  public InboundRequest withHeaders(Map<String, List<String>> value) {
    TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    value.forEach((name, values) -> copy.merge(name, List.copyOf(values), InboundRequest::joined));
    return new InboundRequest(
        method, path, query, Collections.unmodifiableMap(copy), body, remoteAddress, principal);
  }

  /** The same with one header more, or another value for it. */
  public InboundRequest withHeader(String name, String value) {
    TreeMap<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, List.of(value));
    return withHeaders(more);
  }

  /** The same with this body, which is copied. */
  public InboundRequest withBody(byte[] value) {
    return new InboundRequest(
        method, path, query, headers, value.clone(), remoteAddress, principal);
  }

  /** The same from this address: what a host knows of the client behind its proxy, for example. */
  public InboundRequest withRemoteAddress(String value) {
    return new InboundRequest(method, path, query, headers, body, Optional.of(value), principal);
  }

  /** The same from somebody whom the host's own login has identified. */
  public InboundRequest withPrincipal(Principal value) {
    return new InboundRequest(
        method, path, query, headers, body, remoteAddress, Optional.of(value));
  }

  /** In upper case. */
  public String method() {
    return method;
  }

  /** Whether nothing may change because of it: {@code GET} or {@code HEAD}. */
  public boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Below the mount point, as it was sent; begins with a slash. */
  public String path() {
    return path;
  }

  /**
   * The parts of the path between slashes, percent signs decoded: {@code /a%2Fb/} has {@code a/b}
   * and an empty one.
   */
  public List<String> segments() {
    return Arrays.stream(path.substring(1).split("/", -1)).map(PercentCode::decoded).toList();
  }

  /** The query by names, decoded, in the order of the request. */
  public Map<String, List<String>> query() {
    return query;
  }

  /** The first value of a query parameter. */
  public Optional<String> queryValue(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Looks names up in any case; several headers of one name are several values. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The type of the body, without parameters and in lower case: {@code application/json}. */
  public Optional<String> mediaType() {
    return header("Content-Type")
        .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter(value -> !value.isEmpty());
  }

  /** A copy of the bytes. */
  public byte[] body() {
    return body.clone();
  }

  /** The body as UTF-8; what is not UTF-8 becomes U+FFFD. */
  public String bodyText() {
    return new String(body, UTF_8);
  }

  /** The fields of a body of {@code application/x-www-form-urlencoded}; of any other, none. */
  public Map<String, List<String>> form() {
    return mediaType().filter(FORM::equals).isPresent() ? FormFields.parse(bodyText()) : Map.of();
  }

  /** The first value of a field of {@link #form}. */
  public Optional<String> formValue(String name) {
    return form().getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Who called, as far as known: the literal address of the peer, or what the host says. */
  public Optional<String> remoteAddress() {
    return remoteAddress;
  }

  /** Who is logged in, by the host's own means; TrigRun has none. */
  public Optional<Principal> principal() {
    return principal;
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  @Override
  public String toString() {
    return "InboundRequest[" + method + ", " + body.length + " bytes]";
  }
}
