package io.trigrun.management;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.trigrun.route.Route;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Bytes that look like requests of HTTP, more or less. */
final class RawRequests {

  private static final List<String> CHUNKS =
      List.of(
          "\r\n",
          "\n",
          "\r\n\r\n",
          "\0",
          "\t",
          " ",
          ":",
          "%",
          "%zz",
          "%00",
          "//",
          "/../",
          "\u00ff\u00fe",
          "HTTP/9.9",
          "Content-Length: -1\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Content-Length: 5\r\nContent-Length: 7\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Content-Type: text/plain\r\n",
          "Expect: 100-continue\r\n",
          "Authorization: Bearer\r\n",
          "Authorization: \u00fc\r\n",
          "If-Match: \"\r\n",
          "Idempotency-Key: \u00fc\r\n",
          "Host\r\n",
          " folded\r\n",
          "X-A: b\r\n".repeat(150),
          "x".repeat(9_000),
          "{".repeat(300),
          "[".repeat(300),
          "\"\\ud800\"");

  private final Random random;
  private final List<Route> routes;

  RawRequests(long seed, List<Route> routes) {
    this.random = new Random(seed);
    this.routes = routes;
  }

  byte[] next() {
    byte[] bytes = whole().getBytes(ISO_8859_1);
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = mutated(bytes);
    }
    return bytes;
  }

  private String whole() {
    Route route = routes.get(random.nextInt(routes.size()));
    String body =
        random.nextBoolean() ? "{\"name\": \"lamp\", \"expected_interval_sec\": 60}" : "{}";
    boolean isChunked = random.nextInt(4) == 0;
    return "%s /v1%s%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n%s"
        .formatted(
            route.method(),
            route.path().replaceAll("\\{[^}]*}", "x"),
            random.nextInt(3) == 0 ? "?limit=5&cursor=x" : "",
            random.nextInt(4) == 0 ? "nobody" : RawFuzz.TOKEN,
            "Content-Type: application/json\r\n"
                + (isChunked
                    ? "Transfer-Encoding: chunked\r\n"
                    : "Content-Length: " + body.length() + "\r\n"),
            isChunked ? "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body) : body);
  }

  private byte[] mutated(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> {
        byte[] other = bytes.clone();
        other[at] = (byte) random.nextInt(256);
        return other;
      }
      case 1 -> {
        return joined(bytes, at, "", Math.min(bytes.length, at + 1 + random.nextInt(8)));
      }
      case 2 -> {
        return joined(bytes, at, "", bytes.length); // the end is missing
      }
      default -> {
        return joined(bytes, at, CHUNKS.get(random.nextInt(CHUNKS.size())), at);
      }
    }
  }

  private static byte[] joined(byte[] bytes, int end, String between, int start) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(bytes, 0, end);
    joined.writeBytes(between.getBytes(ISO_8859_1));
    joined.write(bytes, start, bytes.length - start);
    return joined.toByteArray();
  }
}
