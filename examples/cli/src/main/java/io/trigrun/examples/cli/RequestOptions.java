package io.trigrun.examples.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The request of a job. */
final class RequestOptions {

  @Option(names = "--url", paramLabel = "URL", description = "Where to.")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "GET, POST, PUT, PATCH or DELETE; GET if left out.")
  private Optional<String> method = Optional.empty();

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      description = "As often as there are headers.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = "--body",
      paramLabel = "TEXT",
      description = "What is sent. An object or array of JSON is sent as JSON.")
  private Optional<String> body = Optional.empty();

  @Option(
      names = "--body-file",
      paramLabel = "FILE",
      description = "The same; - is standard input.")
  private @Nullable Path bodyFile;

  @Option(names = "--timeout", paramLabel = "SPAN", description = "1s to 5m; 30s if left out.")
  private Optional<Duration> timeout = Optional.empty();

  @Option(
      names = "--success-status",
      paramLabel = "N",
      split = ",",
      description = "What counts as success; 200,201,202,204 if left out.")
  private List<Integer> successStatuses = new ArrayList<>();

  boolean hasUrl() {
    return url.isPresent();
  }

  boolean isGiven() {
    return url.isPresent()
        || method.isPresent()
        || !headers.isEmpty()
        || body.isPresent()
        || bodyFile != null
        || timeout.isPresent()
        || !successStatuses.isEmpty();
  }

  ObjectNode json(Input input) {
    ObjectNode request = Json.object();
    url.ifPresent(each -> request.put("url", each));
    method.ifPresent(each -> request.put("method", each));
    if (!headers.isEmpty()) {
      ObjectNode fields = request.putObject("headers");
      headers.forEach(each -> header(fields, each));
    }
    body.or(() -> Optional.ofNullable(bodyFile).map(file -> input.text(file.toString())))
        .ifPresent(each -> request.set("body", body(each)));
    timeout.ifPresent(each -> request.put("timeout_seconds", each.toSeconds()));
    if (!successStatuses.isEmpty()) {
      successStatuses.forEach(request.withArray("success_statuses")::add);
    }
    return request;
  }

  private static void header(ObjectNode headers, String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw Failure.usage("--header: expected 'Name: value', got a text without a colon");
    }
    String name = line.substring(0, colon).strip();
    if (headers.has(name)) {
      throw Failure.usage("--header: expected each name once, got " + name + " twice");
    }
    headers.put(name, line.substring(colon + 1).strip());
  }

  private static JsonNode body(String text) {
    try {
      JsonNode json = Json.read(text);
      return json.isContainer() ? json : Json.text(text);
    } catch (JacksonException e) {
      return Json.text(text);
    }
  }
}
