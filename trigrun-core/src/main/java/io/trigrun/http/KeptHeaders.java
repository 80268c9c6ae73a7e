package io.trigrun.http;

import io.trigrun.secret.Redaction;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which headers of an answer an attempt keeps. A list of the harmless, so cookies never stay. */
final class KeptHeaders {
  private static final int MAX_VALUE = 256;
  private static final Set<String> NAMES =
      Set.of(
          "cache-control",
          "content-encoding",
          "content-length",
          "content-type",
          "date",
          "etag",
          "last-modified",
          "ratelimit",
          "ratelimit-policy",
          "retry-after",
          "server",
          "traceparent",
          "x-correlation-id",
          "x-ratelimit-limit",
          "x-ratelimit-remaining",
          "x-ratelimit-reset",
          "x-request-id");

  private KeptHeaders() {}

  /** Names in lower case, sorted; values of at most 256 characters; of Location only the origin. */
  static Map<String, String> of(HttpReply reply, Redaction redaction) {
    Map<String, String> kept = new TreeMap<>();
    NAMES.forEach(
        name ->
            reply
                .header(name)
                .ifPresent(value -> kept.put(name, Texts.cut(redaction.apply(value), MAX_VALUE))));
    reply
        .header("location")
        .ifPresent(value -> kept.put("location", redaction.apply(origin(value))));
    return kept;
  }

  /** Path and query of a redirect may carry tokens. */
  static String origin(String location) {
    try {
      URI uri = URI.create(location.strip());
      if (uri.getHost() != null) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme() + ":";
        return Texts.cut(scheme + "//" + uri.getHost() + port, MAX_VALUE);
      }
      return uri.isAbsolute() ? "(another scheme)" : "(same origin)";
    } catch (IllegalArgumentException e) {
      return "(not a URL)";
    }
  }
}
