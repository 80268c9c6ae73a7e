package io.trigrun.workflow.definition;

import io.trigrun.Json;
import java.util.Optional;

/**
 * A part of a step's output (row W3).
 *
 * @param path a JSONPath (RFC 9535), {@code $.order.id} for example
 * @param byDefault what it is if the path finds nothing; without it that fails the step
 */
public record Extract(String path, Optional<Json> byDefault) {

  public Extract {
    StepRules.requireText("path", path, 1_000);
    byDefault = byDefault.map(json -> JsonTexts.compact("default", json));
  }

  /** A part that has to be there. */
  public static Extract of(String path) {
    return new Extract(path, Optional.empty());
  }

  /** The same, but this JSON if it is not there. */
  public Extract orElse(String json) {
    return new Extract(path, Optional.of(new Json(json)));
  }
}
