package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.PublicRoute;
import io.trigrun.route.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is asked of any route, nothing goes wrong: no answer of 500 or more, errors are told as
 * the table of codes says, answers are as documented, no secret is in one, and there is nothing to
 * warn of in the log. {@code -Dtrigrun.fuzz.seed=N} does the same again.
 */
class SurfaceFuzzTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void some_odd_requests_are_answered_as_documented() throws IOException {
    check(5_000);
  }

  @Test
  @Tag("chaos")
  void a_hundred_thousand_odd_requests_are_answered_as_documented() throws IOException {
    check(100_000);
  }

  private static void check(int count) throws IOException {
    long seed = Long.getLong("trigrun.fuzz.seed", new Random().nextInt(1_000_000));
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try (WholeSurface surface = new WholeSurface()) {
      Map<Integer, Integer> statuses = run(surface, seed, count);
      assertThat(statuses.keySet())
          .as("some of it is right")
          .contains(200, 201, 202, 204, 400, 401, 403, 404, 405, 409, 412, 415);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "replay with -Dtrigrun.fuzz.seed=%d: %s%n%s".formatted(seed, e, log.toString(UTF_8)), e);
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(UTF_8).lines().filter(SurfaceFuzzTest::isTrouble))
        .as("replay with -Dtrigrun.fuzz.seed=%s", seed)
        .isEmpty();
  }

  /** The validator of the tests warns of keywords that it does not know. */
  private static boolean isTrouble(String line) {
    return (line.contains(" WARN ") || line.contains(" ERROR "))
        && !line.contains("UnknownKeywordFactory");
  }

  private static Map<Integer, Integer> run(WholeSurface surface, long seed, int count)
      throws IOException {
    Random random = new Random(seed);
    Found found = new Found(random);
    List<PublicRoute> open = surface.world.described();
    prepare(surface, found);
    OddRequests requests =
        new OddRequests(random, surface.trigrun.host().routes(), open, wholeJobs(), found);
    Map<String, Integer> codes = codes(open);
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      InboundRequest request = requests.next();
      InboundResponse response = surface.send(request);
      try {
        check(surface, codes, request, response);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "request %d: %s: %s".formatted(i, OddRequests.told(request), e), e);
      }
      if (response.status() < 300 && OddRequests.isOfWriter(request)) {
        found.read(request.path(), response.bodyText());
      } else if (response.status() == 404) {
        found.forget(request.path());
      }
      statuses.merge(response.status(), 1, Integer::sum);
    }
    return statuses;
  }

  /** The codes that there are, and their statuses. */
  private static Map<String, Integer> codes(List<PublicRoute> open) {
    Map<String, Integer> codes = new HashMap<>();
    open.forEach(
        route ->
            route
                .errors()
                .forEach((status, some) -> some.keySet().forEach(code -> codes.put(code, status))));
    Arrays.stream(ErrorCode.values()).forEach(code -> codes.put(code.wireName(), code.status()));
    return codes;
  }

  private static void check(
      WholeSurface surface,
      Map<String, Integer> codes,
      InboundRequest request,
      InboundResponse response) {
    String body = response.bodyText();
    assertThat(response.status()).as(body).isLessThan(500);
    assertThat(body).doesNotContain(ShapedJson.SECRET);
    boolean isJson = response.header("Content-Type").filter("application/json"::equals).isPresent();
    if (response.status() >= 400 && isJson) {
      JsonNode error = JSON.readTree(body).path("error");
      assertThat(codes).containsEntry(error.path("code").asString(), response.status());
      assertThat(error.path("message").asString()).isNotEmpty();
      assertThat(error.path("details").isArray()).isTrue();
    }
    surface.documented.check(
        request.method(), request.path(), response.status(), response.header("Content-Type"), body);
  }

  /** One of everything, here and in another workspace, and runs that wait. */
  private static void prepare(WholeSurface surface, Found found) throws IOException {
    List<String> waiting =
        List.of(
            "{\"id\": \"w\", \"type\": \"wait_for_webhook\"}",
            "{\"id\": \"a\", \"type\": \"approval\"}");
    for (String token : List.of(WholeSurface.WRITER, WholeSurface.STRANGER)) {
      for (String step : waiting) {
        String job =
            post(
                surface,
                token,
                "/jobs",
                "{\"name\": \"waits-%d\", \"kind\": \"workflow\", \"steps\": [%s]}"
                    .formatted(step.length(), step),
                found);
        String id = JSON.readTree(job).path("id").asString();
        String run = post(surface, token, "/jobs/" + id + "/run-now", "", found);
        surface.driver.runDue();
        String path = "/executions/" + JSON.readTree(run).path("id").asString();
        found.read(path, surface.send(request("GET", path, token, "")).bodyText());
      }
      told(surface, token, found);
      post(
          surface,
          token,
          "/secrets",
          "{\"name\": \"a1\", \"value\": \"" + ShapedJson.SECRET + "\"}",
          found);
      post(surface, token, "/monitors", "{\"name\": \"a1\", \"expected_interval_sec\": 60}", found);
      for (JsonNode job : wholeJobs()) {
        post(surface, token, "/jobs", job.toString(), found);
      }
    }
  }

  /** A message that arrived, and one that did not. */
  private static void told(WholeSurface surface, String token, Found found) {
    String channel =
        post(
            surface,
            token,
            "/notification-channels",
            "{\"name\": \"ops\", \"type\": \"webhook\", \"config\": {\"url\": \"https://a.example/\"}}",
            found);
    String job =
        post(
            surface,
            token,
            "/jobs",
            "{\"name\": \"told\", \"kind\": \"manual\", \"handler\": \"report\"}",
            found);
    String path = "/jobs/" + JSON.readTree(job).path("id").asString();
    post(
        surface,
        token,
        path + "/notification-rules",
        "{\"channel_id\": \"%s\", \"event\": \"on_success\"}"
            .formatted(JSON.readTree(channel).path("id").asString()),
        found);
    for (boolean isAway : List.of(true, false)) {
      surface.isOutsideAway = isAway;
      post(surface, token, path + "/run-now", "", found);
      surface.driver.advance(Duration.ofMinutes(1));
    }
    found.read(
        "/notification-deliveries",
        surface.send(request("GET", "/notification-deliveries", token, "")).bodyText());
  }

  private static String post(
      WholeSurface surface, String token, String path, String body, Found found) {
    InboundResponse response = surface.send(request("POST", path, token, body));
    assertThat(response.status())
        .as("%s %s %s", path, body, response.bodyText())
        .isBetween(200, 202);
    found.read(path, response.bodyText());
    return response.bodyText();
  }

  private static InboundRequest request(String method, String path, String token, String body) {
    return InboundRequest.of(method, path)
        .withHeader("Authorization", "Bearer " + token)
        .withHeader("Content-Type", "application/json")
        .withBody(body.getBytes(UTF_8));
  }

  /** Jobs that have everything. */
  private static List<JsonNode> wholeJobs() throws IOException {
    try (var in = SurfaceFuzzTest.class.getResourceAsStream("/whole-jobs.json")) {
      return JSON.readTree(in).valueStream().toList();
    }
  }
}
