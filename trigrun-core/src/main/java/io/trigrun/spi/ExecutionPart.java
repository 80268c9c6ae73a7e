package io.trigrun.spi;

import io.trigrun.Execution;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;

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

  /** What it has to say about an execution; without fields for one that is not its own affair. */
  JsonObject of(Call call, Execution execution);
}
