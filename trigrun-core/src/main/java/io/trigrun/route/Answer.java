package io.trigrun.route;

import io.trigrun.Page;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a route answers when it is done.
 *
 * @param tag changes whenever the body does; without quotes
 * @param isReplayed whether it was given before, to the same {@code Idempotency-Key}
 */
public record Answer(
    int status, Optional<JsonObject> body, Optional<String> tag, boolean isReplayed) {

  private Answer(int status, Optional<JsonObject> body) {
    this(status, body, Optional.empty(), false);
  }

  /** 200. */
  public static Answer ok(JsonObject body) {
    return new Answer(200, Optional.of(body));
  }

  /** 201, with what was created. */
  public static Answer created(JsonObject body) {
    return new Answer(201, Optional.of(body));
  }

  /** 202, with what will be done. */
  public static Answer accepted(JsonObject body) {
    return new Answer(202, Optional.of(body));
  }

  /** 204. */
  public static Answer done() {
    return new Answer(204, Optional.empty());
  }

  /** 200, with a page of a list; its shape is {@link Shape#page}. */
  public static <T> Answer page(Page<T> page, Function<T, JsonObject> item) {
    return ok(
        JsonObject.builder()
            .put("items", page.items().stream().map(item).toList())
            .putIfPresent("next_cursor", page.next().map(Cursors::text))
            .build());
  }

  /** The same, with the {@code ETag} of an entity: its version. */
  public Answer tagged(long version) {
    return new Answer(status, body, Optional.of(Long.toString(version)), isReplayed);
  }
}
