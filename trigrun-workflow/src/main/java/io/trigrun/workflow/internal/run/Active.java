package io.trigrun.workflow.internal.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where a step is that has begun and not ended. */
sealed interface Active {

  Instant startedAt();

  /** An attempt is under way, or was when its node died. */
  final class Running implements Active {
    int attempt;
    final int failures;
    final Instant startedAt;

    /** Whether it was under way when somebody else worked on the run. */
    boolean isRecovered;

    /** Whether this very driver has started it. */
    boolean isLaunched;

    @Nullable TaskResult result;

    Running(int attempt, int failures, Instant startedAt) {
      this.attempt = attempt;
      this.failures = failures;
      this.startedAt = startedAt;
    }

    @Override
    public Instant startedAt() {
      return startedAt;
    }
  }

  /** Waits for its next attempt. */
  record Retrying(int attempt, int failures, Instant startedAt, Instant at) implements Active {}

  /**
   * Waits for a node that has its handler.
   *
   * @param call which call of such a node it waits for
   * @param executionId the execution that makes this call
   */
  record Absent(int attempt, int failures, Instant startedAt, int call, UUID executionId)
      implements Active {

    String waitKey(String stepKey) {
      return waitKey(stepKey, call);
    }

    static String waitKey(String stepKey, int call) {
      return stepKey + "!" + call;
    }
  }

  /** Waits for a callback. */
  record Open(Instant startedAt, Optional<Instant> expiresAt) implements Active {}

  /** Waits for people. */
  record Asking(
      Instant startedAt,
      Optional<Instant> expiresAt,
      String title,
      String message,
      Map<String, String> fields)
      implements Active {}

  /** Waits for a time. */
  record Delayed(Instant startedAt, Instant until) implements Active {}

  /** Waits for another run. */
  record Child(Instant startedAt, UUID executionId, Optional<Instant> expiresAt)
      implements Active {}

  /** Is within a case of a switch; -1 is none of them. */
  record Chosen(Instant startedAt, int way, Sequence steps) implements Active {}

  /** Is within branches. */
  record Fan(Instant startedAt, List<FanBranch> branches) implements Active {}

  /** One branch, or one element. */
  final class FanBranch {
    enum Stage {
      PENDING,
      ACTIVE,
      SUCCEEDED,
      FAILED,
      GIVEN_UP
    }

    final JsonNode item;
    Stage stage = Stage.PENDING;
    Sequence steps = new Sequence();
    JsonNode output = Nodes.nothing();
    @Nullable StepFailure failure;

    FanBranch(JsonNode item) {
      this.item = item;
    }
  }
}
