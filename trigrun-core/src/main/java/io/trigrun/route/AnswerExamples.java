package io.trigrun.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Examples of answers for the OpenAPI document, as they came: a test asks for all of them and
 * compares. A file of JSON: <code>{"create_lamp": {"201": {"name": "hall"}}}</code>, by names of
 * routes and statuses.
 */
public final class AnswerExamples {

  private final JsonObject byName;

  private AnswerExamples(JsonObject byName) {
    this.byName = byName;
  }

  /**
   * Reads a file beside a class.
   *
   * @param file of {@code Class.getResourceAsStream}, which it closes
   */
  public static AnswerExamples read(InputStream file) {
    try (InputStream in = Objects.requireNonNull(file, "file")) {
      return new AnswerExamples(JsonObject.parse(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The routes, each with those of its name, if there are some. */
  public List<Route> on(List<Route> routes) {
    return routes.stream().map(this::on).toList();
  }

  private Route on(Route route) {
    Map<Integer, JsonObject> shown = of(route.name());
    return shown.isEmpty() ? route : route.showing(shown);
  }

  /** Those of a route, by status; maybe none. */
  public Map<Integer, JsonObject> of(String name) {
    Map<Integer, JsonObject> shown = new HashMap<>();
    byName
        .object(name)
        .ifPresent(
            answers ->
                answers
                    .names()
                    .forEach(
                        status ->
                            answers
                                .object(status)
                                .ifPresent(body -> shown.put(Integer.valueOf(status), body))));
    return shown;
  }
}
