package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.http.HttpReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Answers for tests of providers. */
final class Replies {

  private Replies() {}

  static HttpReply of(int status, String body) {
    return of(status, Map.of(), body);
  }

  static HttpReply of(int status, String retryAfter, String body) {
    return of(status, Map.of("Retry-After", List.of(retryAfter)), body);
  }

  static HttpReply of(int status, Map<String, List<String>> headers, String body) {
    return new HttpReply(status, headers, body.getBytes(UTF_8), false, Duration.ZERO);
  }

  /** As it is kept if there was more. */
  static HttpReply cut(int status, String body) {
    return new HttpReply(status, Map.of(), body.getBytes(UTF_8), true, Duration.ZERO);
  }
}
