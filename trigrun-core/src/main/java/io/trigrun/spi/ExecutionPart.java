package io.trigrun.spi;

import io.trigrun.Execution;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What an {@link Extension} tells of executions on the HTTP surface for management (row H1), in the
 * answer to {@code GET /executions/{id}}: {@code step_executions}, for example. Thread-safe.
 */
public interface ExecutionPart {

  /**
   * Its fields, whatever their order. None has to be there, so that an execution that it has
   * nothing to say about is without. The name of the shape does not count.
   */
  ObjectShape fields();

  /**
   * Something that can be done to executions: {@code POST /executions/{id}/<name>}, answered with
   * 202 and the execution as it is then.
   *
   * @param name unique: {@code retry}
   * @param summary one line for people
   * @param example of the answer, for the document; it may be missing
   * @param action throws {@link io.trigrun.ConflictException} for an execution that it can't be
   *     done to
   */
  record Verb(
      String name,
      String summary,
      Optional<JsonObject> example,
      BiConsumer<Call, Execution> action) {}

  /** What can be done beyond replay and cancel. Nothing unless it is said. */
  default List<Verb> verbs() {
    return List.of();
  }

  /** What it has to say about an execution; without fields for one that is not its own affair. */
  JsonObject of(Call call, Execution execution);
}
