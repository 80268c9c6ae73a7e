package io.trigrun.examples.server;

import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.notify.Notifications;
import io.trigrun.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers as they came and as the document shows them, which it does from a file in each module.
 * Ids and tokens, which are others each time, are always the same there.
 */
final class AnswerFiles {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_.-])[A-Za-z0-9_.-]{32,}");

  private final ObjectNode happened = JSON.createObjectNode();
  private final ObjectNode shown = JSON.createObjectNode();
  private final Tour tour;

  private AnswerFiles(Tour tour) {
    this.tour = tour;
  }

  static AnswerFiles of(Tour tour) {
    AnswerFiles files = new AnswerFiles(tour);
    Map<String, String> ids = new HashMap<>();
    tour.answers.forEach(
        (name, byStatus) ->
            byStatus
                .headMap(300)
                .forEach(
                    (status, body) -> {
                      if (body.isObject()) {
                        files.add(name, "" + status, plain(body, ids));
                      }
                    }));
    return files;
  }

  private void add(String name, String status, JsonNode body) {
    happened.withObjectProperty(name).set(status, body);
    JsonNode example =
        tour.operation(name)
            .said()
            .path("responses")
            .path(status)
            .path("content")
            .path("application/json")
            .path("example");
    shown.withObjectProperty(name).set(status, example);
  }

  private static JsonNode plain(JsonNode body, Map<String, String> ids) {
    String text =
        ID.matcher(body.toString())
            .replaceAll(found -> ids.computeIfAbsent(found.group(), id -> id(ids.size() + 1)));
    return JSON.readTree(TOKEN.matcher(text).replaceAll(AnswerFiles::token));
  }

  private static String id(int number) {
    return "019cf616-9100-7000-8000-%012d".formatted(number);
  }

  private static String token(MatchResult found) {
    return ID.matcher(found.group()).matches() ? found.group() : "q3vK8sYt5LxWm0RbZc2NfJhD7gPuA1eI";
  }

  /** Answers that are not the ones that are shown. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    happened
        .properties()
        .forEach(
            answers ->
                answers
                    .getValue()
                    .properties()
                    .forEach(
                        answer -> {
                          JsonNode example = shown.path(answers.getKey()).path(answer.getKey());
                          if (!example.equals(answer.getValue())) {
                            differences.add(
                                "%s %s: expected %s, got %s"
                                    .formatted(
                                        answers.getKey(),
                                        answer.getKey(),
                                        example,
                                        answer.getValue()));
                          }
                        }));
    return differences;
  }

  /** Each answer to the module that has the operation. */
  void write() throws IOException {
    List<String> core = names(TrigRun.builder());
    List<String> notify = names(TrigRun.builder().extension(Notifications.create()));
    write("trigrun-core/src/main/resources/io/trigrun/internal/management", core::contains);
    write(
        "trigrun-notify/src/main/resources/io/trigrun/notify",
        name -> notify.contains(name) && !core.contains(name));
    write(
        "trigrun-workflow/src/main/resources/io/trigrun/workflow/internal/management",
        name -> !notify.contains(name) && !tour.operation(name).isPublic());
  }

  private static List<String> names(TrigRunBuilder builder) {
    try (TrigRun trigrun = builder.build()) {
      return trigrun.host().routes().stream().map(Route::name).toList();
    }
  }

  private void write(String directory, Predicate<String> names) throws IOException {
    ObjectNode some = JSON.createObjectNode();
    happened.properties().stream()
        .filter(answer -> names.test(answer.getKey()))
        .forEach(answer -> some.set(answer.getKey(), answer.getValue()));
    Files.writeString(
        Path.of("../..", directory, "answers.json"), JSON.writeValueAsString(some) + "\n");
  }
}
