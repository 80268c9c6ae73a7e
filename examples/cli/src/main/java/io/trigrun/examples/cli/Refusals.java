package io.trigrun.examples.cli;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Answers that say no, told to people: {@code {"error": {"code", "message", "details"}}}. */
final class Refusals {

  private static final int NO_STATUS = 0;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AT_MOST = Duration.ofMinutes(5);

  private Refusals() {}

  static Failure of(Reply reply, HttpHeaders headers, Settings settings) {
    int status = reply.status();
    if (status >= 300 && status < 400) {
      return Failure.refused(
          settings.api()
              + " answers "
              + status
              + " and points elsewhere"
              + headers.firstValue("Location").map(to -> ", to " + to).orElse("")
              + "; set TRIGRUN_API_URL to where the API is, the token is not sent on");
    }
    Failure failure = of(exitCode(status), status, tree(reply), reply.body());
    if (status == 401 && settings.token().isEmpty()) {
      return Failure.refused(
          failure.exitCode(), failure.message(), List.of("TRIGRUN_TOKEN is not set"), reply.body());
    }
    boolean passes = status == 429 || status == 502 || status == 503 || status == 504;
    return passes ? failure.passing(retryAfter(headers)) : failure;
  }

  /** Of an answer that says no in its body alone: {@code {"ok": false, "error": ...}}. */
  static Failure of(Reply reply) {
    JsonNode body = reply.json();
    return of(ExitCode.REFUSED, body.path("http_status").asInt(NO_STATUS), body, reply.body());
  }

  private static Failure of(int exitCode, int status, JsonNode body, String text) {
    JsonNode error = body.path("error");
    if (!error.isObject()) {
      String message = "answered " + status + ", and not in the way of this API";
      return exitCode == ExitCode.REFUSED
          ? Failure.refused(message)
          : Failure.refused(exitCode, message, List.of(), text);
    }
    String code =
        Values.plain(error.path("code")) + (status == NO_STATUS ? "" : " (" + status + ")");
    String message = code + ": " + Values.plain(error.path("message"));
    return Failure.refused(exitCode, message, details(error.path("details")), text);
  }

  private static List<String> details(JsonNode details) {
    List<String> lines = new ArrayList<>();
    if (details.isArray()) {
      details.forEach(each -> lines.add(line(each)));
    } else if (details.isObject()) {
      details.properties().forEach(e -> lines.add(e.getKey() + ": " + Values.plain(e.getValue())));
    } else if (!details.isMissingNode() && !details.isNull()) {
      lines.add(Values.plain(details));
    }
    return lines;
  }

  private static String line(JsonNode detail) {
    if (detail.isObject() && detail.size() == 2 && detail.has("field") && detail.has("message")) {
      return Values.plain(detail.path("field")) + ": " + Values.plain(detail.path("message"));
    }
    if (detail.isObject()) {
      return detail.properties().stream()
          .map(e -> e.getKey() + ": " + Values.plain(e.getValue()))
          .collect(Collectors.joining(", "));
    }
    return Values.plain(detail);
  }

  private static JsonNode tree(Reply reply) {
    try {
      return Json.read(reply.body());
    } catch (JacksonException e) { // a proxy's page, for example
      return MissingNode.getInstance();
    }
  }

  private static int exitCode(int status) {
    return status == 401 || status == 403 ? ExitCode.UNAUTHORIZED : ExitCode.REFUSED;
  }

  private static Duration retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .filter(asked -> asked.compareTo(AT_MOST) <= 0)
        .orElse(SOON);
  }
}
