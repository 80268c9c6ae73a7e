package io.trigrun.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.route.Role;
import io.trigrun.route.Route;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes in, nothing goes wrong. */
class FuzzTest {

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "9223372036854775808",
          "1.5",
          "\"\"",
          "\"a\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"2026-03-16T10:00:00Z\"",
          "\"+999999999-01-01T00:00:00Z\"",
          "[]",
          "{}",
          "[null]",
          "{\"\":0}",
          "\"" + "x".repeat(300) + "\"",
          "60",
          "\"secret://a\"");

  private final Random random = new Random(4711);

  @Test
  void no_request_gets_an_answer_of_500_or_more() {
    try (TrigRun trigrun =
        TrigRun.builder()
            .secrets(SecretCipher.aesGcm(KeyRing.of("k", KeyRing.generateKey())))
            .build()) {
      Management management =
          Management.routes(
              trigrun,
              request -> Optional.of(new Caller("x", "default", Role.WRITE)),
              "http://localhost");
      List<Route> routes = trigrun.host().routes();
      for (int i = 0; i < 20_000; i++) {
        InboundRequest request = request(routes.get(random.nextInt(routes.size())));
        assertThat(management.handle(request).map(InboundResponse::status).orElse(404))
            .as("%s %s %s", request.method(), request.path(), request.bodyText())
            .isLessThan(500);
      }
    }
  }

  private InboundRequest request(Route route) {
    String path = route.path().replaceAll("\\{[^}]*}", segment());
    String query = random.nextInt(4) == 0 ? "?limit=" + segment() + "&cursor=" + segment() : "";
    InboundRequest request =
        InboundRequest.of(route.method(), path + query)
            .withHeader("Content-Type", "application/json")
            .withBody(body(route).getBytes(UTF_8));
    if (random.nextInt(5) == 0) {
      request = request.withHeader("Idempotency-Key", segment());
    }
    return random.nextInt(5) == 0 ? request.withHeader("If-Match", segment()) : request;
  }

  private String segment() {
    return switch (random.nextInt(8)) {
      case 0 -> "%00";
      case 1 -> "%ED%A0%80";
      case 2 -> "01980000-0000-7000-8000-000000000000";
      case 3 -> "%2F..";
      case 4 -> "x".repeat(1 + random.nextInt(400));
      case 5 -> "\"1\"";
      default -> "a" + random.nextInt(3);
    };
  }

  private String body(Route route) {
    if (random.nextInt(20) == 0) {
      return VALUES.get(random.nextInt(VALUES.size())) + "{";
    }
    StringBuilder body = new StringBuilder("{");
    for (String name :
        List.of("name", "value", "expected_interval_sec", "grace_seconds", "labels")) {
      if (random.nextInt(3) > 0) {
        String comma = body.length() > 1 ? "," : "";
        String good =
            name.startsWith("n") || name.startsWith("v")
                ? "\"abcd" + random.nextInt(9) + "\""
                : "60";
        String value = random.nextInt(3) == 0 ? VALUES.get(random.nextInt(VALUES.size())) : good;
        body.append(comma).append('"').append(name).append("\":").append(value);
      }
    }
    return route.body().isEmpty() && random.nextBoolean() ? "" : body.append('}').toString();
  }
}
