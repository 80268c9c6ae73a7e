package io.trigrun.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Json;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.management.Caller;
import io.trigrun.management.Management;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.route.ChoiceShape;
import io.trigrun.route.FlagShape;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ListShape;
import io.trigrun.route.NullableShape;
import io.trigrun.route.NumberShape;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Role;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.route.TextShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("H1: requests about notifications that are nearly right")
class RoutesFuzzTest {

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "7",
          "1e30",
          "9223372036854775808",
          "1.5",
          "\"\"",
          "\" \"",
          "\"a\"",
          "\"\\n\"",
          "\"https://a.example/\"",
          "\"https://[\"",
          "\"secret://a\"",
          "\"secret:// \"",
          "\"{{job.name}}\"",
          "\"{{\"",
          "\"P1000000000000D\"",
          "\"999999d\"",
          "\"* * * * *\"",
          "[]",
          "{}",
          "[null]",
          "[[\"a\"]]",
          "{\"a\": {\"b\": \"{{c}}\"}}",
          "\"" + "x".repeat(600) + "\"");

  private final Random random = new Random(4711);
  private final List<String> ids = new ArrayList<>();

  @Test
  void get_no_answer_of_500_or_more() {
    try (Scenario scenario = new Scenario(TestStore.MEMORY)) {
      Management management =
          Management.routes(
              scenario.trigrun,
              request -> Optional.of(new Caller("x", "default", Role.WRITE)),
              "http://localhost");
      for (String name : List.of("a", "b", "c")) {
        ids.add(scenario.channel(name, NotificationEvent.ON_SUCCESS).id().toString());
      }
      ids.add(scenario.job.id().toString());
      ids.add(
          scenario
              .trigrun
              .monitors()
              .create(MonitorSpec.of("API", Duration.ofMinutes(1)))
              .monitor()
              .id()
              .toString());
      List<Route> routes =
          scenario.trigrun.host().routes().stream()
              .filter(route -> route.path().contains("notification"))
              .filter(route -> !route.path().endsWith("/test")) // it would go out
              .toList();
      Map<Integer, Integer> statuses = new TreeMap<>();
      for (int i = 0; i < 10_000; i++) {
        InboundRequest request = request(routes.get(random.nextInt(routes.size())));
        int status = management.handle(request).map(InboundResponse::status).orElse(404);
        statuses.merge(status, 1, Integer::sum);
        assertThat(status)
            .as("%s %s %s", request.method(), request.path(), request.bodyText())
            .isLessThan(500);
      }
      assertThat(statuses.keySet()).as("some of it is right").contains(200, 201, 204, 400, 404);
    }
  }

  private InboundRequest request(Route route) {
    String path = route.path().replaceAll("\\{[^}]*}", any(ids));
    return InboundRequest.of(route.method(), path)
        .withHeader("Content-Type", "application/json")
        .withBody(route.body().map(shape -> value(shape, 0)).orElse("").getBytes(UTF_8));
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Mostly what the shape says. */
  private String value(Shape shape, int depth) {
    if (depth > 0 && random.nextInt(5) == 0) {
      return any(VALUES);
    }
    if (shape instanceof NullableShape nullable) {
      return random.nextInt(4) == 0 ? "null" : value(nullable.shape(), depth);
    }
    if (shape instanceof ChoiceShape choice) {
      return value(any(List.copyOf(choice.cases().values())), 0);
    }
    if (shape instanceof ObjectShape object) {
      JsonObject.Builder json = JsonObject.builder();
      for (ObjectShape.Field field : object.fields()) {
        if (field.isRequired() || random.nextInt(3) == 0) {
          json.put(field.name(), new Json(value(field.shape(), depth + 1)));
        }
      }
      return json.build().json();
    }
    if (shape instanceof ListShape list) {
      return "[" + value(list.item(), depth + 1) + "]";
    }
    if (shape instanceof NumberShape) {
      return "" + random.nextInt(10);
    }
    if (shape instanceof FlagShape) {
      return "" + random.nextBoolean();
    }
    if (shape instanceof TextShape text) {
      return "\"" + text(text) + "\"";
    }
    return any(VALUES);
  }

  private String text(TextShape shape) {
    if (!shape.words().isEmpty()) {
      return any(List.copyOf(shape.words()));
    }
    return switch (shape.format().orElse("")) {
      case "uuid" -> any(ids);
      case "uri" -> any(List.of("https://a.example/h", "https://hooks.slack.com/services/T/B/x"));
      case "email" -> "a@example.com";
      case "date-time" -> "2026-03-17T10:00:00Z";
      default ->
          any(List.of("on_success", "on_failure", "on_down", "1h", "0 8 * * *", "a", "b", "12:ab"));
    };
  }
}
