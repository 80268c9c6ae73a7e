package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Step;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of the journal: an attempt of a step, or its end. In JSON as {@code step_executions} has
 * it.
 */
final class StepRecord {

  /** Beyond, an output is cut in the record; whoever extracts from it has the whole. */
  private static final int LONGEST_OUTPUT = 256 * 1024;

  private StepRecord() {}

  /**
   * The end of a step.
   *
   * @param waitKey told if a retry has changed it: other links have answered than before
   */
  static String ended(
      Step step,
      Loops loops,
      String waitKey,
      int attempt,
      Instant startedAt,
      Instant at,
      StepEnd end) {
    ObjectNode node = node(step, loops, attempt, end.status().word(), startedAt, at);
    if (!waitKey.equals(loops.key(step.id()))) {
      node.put(WaitKey.FIELD, waitKey);
    }
    end.statusCode().ifPresent(code -> node.put("status_code", code));
    put(node, "output", end.output());
    end.failure().ifPresent(failure -> failure(node, failure));
    return Nodes.write(node);
  }

  /** A failed attempt that is followed by another. */
  static String retried(
      Step step,
      Loops loops,
      int attempt,
      Instant startedAt,
      Instant at,
      TaskResult.Failed result,
      Instant next) {
    ObjectNode node = node(step, loops, attempt, "retrying", startedAt, at);
    StepFailure failure = result.failure();
    failure.statusCode().ifPresent(code -> node.put("status_code", code));
    put(node, "output", result.output());
    failure(node, failure);
    node.put("next_attempt_at", next.toString());
    return Nodes.write(node);
  }

  private static ObjectNode node(
      Step step, Loops loops, int attempt, String status, Instant startedAt, Instant at) {
    ObjectNode node = Nodes.object();
    node.put("step_id", step.id());
    if (!loops.rounds().isEmpty()) {
      loops.indexes().forEach(node.putArray("iteration")::add);
    }
    node.put("type", step.type());
    node.put("status", status);
    node.put("attempt", attempt);
    node.put("started_at", startedAt.toString());
    node.put("finished_at", at.toString());
    return node;
  }

  private static void put(ObjectNode node, String name, JsonNode value) {
    Optional.of(value)
        .filter(it -> !it.isNull())
        .ifPresent(
            it -> {
              String text = Nodes.write(it);
              if (text.length() <= LONGEST_OUTPUT) {
                node.set(name, it);
              } else {
                node.put(name, cut(text));
                node.put("truncated", true);
              }
            });
  }

  private static String cut(String text) {
    int end = LONGEST_OUTPUT;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private static void failure(ObjectNode node, StepFailure failure) {
    ObjectNode error = node.putObject("error");
    error.put("class", failure.errorClass());
    error.put("message", failure.message());
  }
}
