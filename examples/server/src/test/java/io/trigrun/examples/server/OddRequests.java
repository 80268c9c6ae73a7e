package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.PublicRoute;
import io.trigrun.route.JsonObject;
import io.trigrun.route.NumberShape;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.route.TextShape;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests for the routes that there are: right ones, of which most are then spoiled somewhere. */
final class OddRequests {

  private static final List<String> ODD_SEGMENTS =
      List.of(
          "",
          "%00",
          "%",
          "%zz",
          "%ED%A0%80",
          "%F0%9F%98%80",
          "%2F..",
          "..",
          ".",
          "a",
          "a%20b",
          "~",
          "01980000-0000-7000-8000-000000000000",
          "019CF616-9100-7000-8000-4CDB31C23A2A",
          "019cf616-9100-7000-8000-4cdb31c23a2a%00",
          "{id}",
          "*",
          "x".repeat(5_000),
          "null",
          "-1");
  private static final List<String> ODD_HEADERS =
      List.of(
          "",
          " ",
          "\"1\"",
          "\"",
          "W/\"1\"",
          "*",
          "\"0\", \"1\"",
          ",,,",
          "1",
          "a",
          "\u00fc",
          "x".repeat(256),
          "\"9223372036854775808\"",
          "\0",
          "\ud800");
  private static final List<String> TYPES =
      List.of(
          "",
          "text/plain",
          "application/x-www-form-urlencoded",
          "application/json; charset=utf-16",
          "application/problem+json",
          "multipart/form-data; boundary=x",
          "application/xml",
          "*/*",
          "APPLICATION/JSON",
          ";",
          "json",
          "\0");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "", "get ");

  private final Random random;
  private final List<Route> routes;
  private final List<PublicRoute> open;
  private final List<JsonNode> more;
  private final Found found;
  private final ShapedJson shaped;
  private final BrokenJson broken;

  /**
   * By chance.
   *
   * @param more bodies of new jobs, beside those that the document shows
   */
  OddRequests(
      Random random, List<Route> routes, List<PublicRoute> open, List<JsonNode> more, Found found) {
    this.random = random;
    this.routes = routes;
    this.open = open;
    this.more = more;
    this.found = found;
    this.shaped = new ShapedJson(random, found::id);
    this.broken = new BrokenJson(random);
  }

  InboundRequest next() {
    int choice = random.nextInt(routes.size() + open.size());
    if (choice < routes.size() && routes.get(choice).method().equals("DELETE") && !oneIn(8)) {
      return next(); // so that something stays
    }
    InboundRequest request =
        choice < routes.size() ? of(routes.get(choice)) : of(open.get(choice - routes.size()));
    return oneIn(25)
        ? request.withHeader(
            shaped.any(
                List.of(
                    "If-Match",
                    "Cookie",
                    "Content-Length",
                    "Accept-Encoding",
                    "Sec-Fetch-Site",
                    "X-Forwarded-For")),
            shaped.any(ODD_HEADERS))
        : request;
  }

  private InboundRequest of(Route route) {
    String path = found.path(route);
    if (oneIn(10) && !route.parameters().isEmpty()) {
      path = path.replaceFirst("/[^/]*$", "/" + Matcher.quoteReplacement(shaped.any(ODD_SEGMENTS)));
    }
    InboundRequest request =
        request(route.method(), path + query(route))
            .withHeader("Authorization", "Bearer " + token())
            .withHeader("Content-Type", oneIn(20) ? shaped.any(TYPES) : "application/json")
            .withBody(body(route));
    if (oneIn(route.isIdempotent() ? 4 : 30)) {
      String key = oneIn(3) ? shaped.any(ODD_HEADERS) : "k" + random.nextInt(50);
      request = request.withHeader("Idempotency-Key", key);
    }
    if (oneIn(route.isConditional() ? 4 : 30)) {
      String tag = oneIn(3) ? shaped.any(ODD_HEADERS) : "\"" + random.nextInt(4) + "\"";
      request = request.withHeader("If-Match", tag);
    }
    return request;
  }

  private InboundRequest of(PublicRoute route) {
    String path =
        oneIn(8) ? route.path().replace("{token}", shaped.any(ODD_SEGMENTS)) : found.path(route);
    String type =
        oneIn(6) || route.takes().isEmpty()
            ? shaped.any(TYPES)
            : shaped.any(List.copyOf(route.takes().keySet()));
    JsonNode body =
        route.takes().isEmpty()
            ? JsonMapper.shared().createObjectNode()
            : shaped.of(shaped.any(List.copyOf(route.takes().values())));
    return request(route.method(), path)
        .withHeader("Content-Type", type)
        .withRemoteAddress("192.0.2." + random.nextInt(256))
        .withBody(spoiled(body));
  }

  private InboundRequest request(String method, String target) {
    String odd = target;
    if (oneIn(40)) {
      odd =
          shaped.any(
              List.of(target + "/", "/" + target, target + "/x", target + "?", "/%2e" + target));
    }
    return InboundRequest.of(oneIn(40) ? shaped.any(METHODS) : method, odd);
  }

  private boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  private String token() {
    if (oneIn(100)) {
      return shaped.any(ODD_HEADERS);
    }
    if (oneIn(20)) {
      return WholeSurface.READER;
    }
    return oneIn(25) ? WholeSurface.STRANGER : WholeSurface.WRITER;
  }

  private String query(Route route) {
    List<String> given = new ArrayList<>();
    route.query().forEach((name, shape) -> maybe(given, name, shape));
    if (route.isPaged()) {
      maybe(given, "limit", Shape.whole("so many").range(1, 100));
      if (oneIn(5)) {
        given.add("cursor=" + encoded(oneIn(3) ? shaped.any(ODD_HEADERS) : found.cursor()));
      }
    }
    if (oneIn(40)) {
      given.add(
          shaped.any(List.of("limit=5&limit=6", "a=b", "=", "%=1", "cursor", "limit=1e2", "&&")));
    }
    return given.isEmpty() ? "" : "?" + String.join("&", given);
  }

  private void maybe(List<String> given, String name, Shape shape) {
    if (!oneIn(3)) {
      return;
    }
    String value =
        shape instanceof TextShape text
            ? shaped.text(text)
            : shape instanceof NumberShape ? "" + random.nextInt(120) : "" + random.nextBoolean();
    given.add(name + "=" + encoded(oneIn(4) ? shaped.any(ODD_SEGMENTS) : value));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  private byte[] body(Route route) {
    Optional<Shape> shape = route.body();
    if (shape.isEmpty()) {
      return oneIn(10) ? spoiled(JsonMapper.shared().createObjectNode()) : new byte[0];
    }
    List<JsonNode> shown =
        Stream.concat(
                route.examples().values().stream()
                    .map(JsonObject::json)
                    .map(JsonMapper.shared()::readTree),
                route.path().startsWith("/jobs") ? more.stream() : Stream.empty())
            .toList();
    JsonNode good = shown.isEmpty() || oneIn(2) ? shaped.of(shape.get()) : shaped.any(shown);
    return spoiled(oneIn(3) ? found.named(good) : good);
  }

  private byte[] spoiled(JsonNode good) {
    JsonNode odd = oneIn(4) ? good : broken.odd(good);
    String text = oneIn(6) ? broken.torn(odd.toString()) : odd.toString();
    return oneIn(100) ? text.getBytes(UTF_16) : text.getBytes(UTF_8);
  }

  /** Whether it is of who has most of what there is. */
  static boolean isOfWriter(InboundRequest request) {
    return request
        .header("Authorization")
        .filter(("Bearer " + WholeSurface.WRITER)::equals)
        .isPresent();
  }

  /** For messages of failed tests. */
  static String told(InboundRequest request) {
    Map<String, List<String>> headers = request.headers();
    String body = request.bodyText();
    return "%s %s?%s %s %s"
        .formatted(
            request.method(),
            request.path(),
            request.query(),
            headers,
            body.length() < 5_000 ? body : body.substring(0, 5_000) + "...");
  }
}
