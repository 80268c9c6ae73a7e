package io.trigrun.http;

import io.trigrun.egress.EgressRefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLException;

/**
 * One request of a chain of redirects, as a value (RFC 9110 15.4). Pure: what the next hop carries
 * is decided here, who sends it elsewhere.
 */
record Hop(
    HttpMethod method, URI uri, Map<String, String> headers, Optional<byte[]> body, int hopsLeft) {
  static final int MAX_REDIRECTS = 5;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Parts of names that betray credentials; one that is dropped too many does less harm. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "auth",
          "cookie",
          "token",
          "secret",
          "key",
          "signature",
          "password",
          "session",
          "credential");

  static Hop first(HttpCall call) {
    int hops = call.followRedirects() ? MAX_REDIRECTS : 0;
    return new Hop(call.method(), call.uri(), call.headers(), call.bytes(), hops);
  }

  /** Where this answer sends us; empty when it is the final answer. */
  Optional<Hop> next(int status, Optional<String> location, Set<String> secretHeaders) {
    if (hopsLeft == 0 || !REDIRECTS.contains(status)) {
      return Optional.empty();
    }
    return location.flatMap(this::target).map(to -> redirected(status, to, secretHeaders));
  }

  private Optional<URI> target(String location) {
    try {
      String text = resolve(location.strip()).toString();
      int fragment = text.indexOf('#');
      URI to = RequestUrl.parse("location", fragment < 0 ? text : text.substring(0, fragment));
      boolean downgrade =
          uri.getScheme().equalsIgnoreCase("https") && !to.getScheme().equalsIgnoreCase("https");
      return downgrade ? Optional.empty() : Optional.of(to);
    } catch (IllegalArgumentException e) { // no URL, or one that the rules refuse
      return Optional.empty();
    }
  }

  /** {@code URI.resolve} glues "x" to a host without a path, and loses the path before "?x". */
  private URI resolve(String location) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String root = uri.getScheme() + "://" + uri.getRawAuthority();
    return location.startsWith("?")
        ? URI.create(root + path + location)
        : URI.create(root + path).resolve(location);
  }

  private Hop redirected(int status, URI to, Set<String> secretHeaders) {
    boolean becomesGet =
        status == 303 || ((status == 301 || status == 302) && method == HttpMethod.POST);
    Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    kept.putAll(headers);
    if (becomesGet) {
      kept.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("content-"));
    }
    if (!sameOrigin(to)) {
      kept.keySet().removeIf(name -> secretHeaders.contains(name) || looksSecret(name));
    }
    return new Hop(
        becomesGet ? HttpMethod.GET : method,
        to,
        kept,
        becomesGet ? Optional.empty() : body,
        hopsLeft - 1);
  }

  private boolean sameOrigin(URI to) {
    return uri.getScheme().equalsIgnoreCase(to.getScheme())
        && uri.getHost().equalsIgnoreCase(to.getHost())
        && port(uri) == port(to);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  private static boolean looksSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.equals("idempotency-key") && CREDENTIALS.stream().anyMatch(lower::contains);
  }

  /**
   * Whether it may be sent once more at once, when this came instead of an answer (RFC 9110 9.2.2).
   * The client may have chosen a pooled connection that the server was closing; with {@code GET}
   * and {@code HEAD} it tries again by itself. A {@code POST} may have been processed all the same:
   * that is for the retry policy to decide, and for its attempts to show.
   */
  boolean mayBeRepeatedAfter(Throwable failure) {
    return (method == HttpMethod.PUT || method == HttpMethod.DELETE)
        && failure instanceof IOException
        && !(failure instanceof HttpTimeoutException
            || failure instanceof ConnectException
            || failure instanceof SSLException
            || failure instanceof EgressRefusedException
            || failure instanceof UnknownHostException
            || failure instanceof ClosedByInterruptException);
  }

  HttpRequest.Builder request() {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers.forEach(request::setHeader);
    return request.method(
        method.name(), body.map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody));
  }
}
