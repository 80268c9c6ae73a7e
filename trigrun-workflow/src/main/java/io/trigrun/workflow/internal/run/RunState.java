package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How far a run has come: its checkpoint, while somebody works on it. One thread at a time. */
final class RunState {

  /** How it ended; a claim of an ended run is a retry. */
  enum End {
    SUCCEEDED,
    FAILED
  }

  final Instant startedAt;
  Instant deadline;
  @Nullable Instant parkedAt;

  /** How often it was retried after it had failed. */
  int generation;

  /** How often a wait was given up and begun anew, as its run was retried, by step key. */
  final Map<String, Integer> renewals = new LinkedHashMap<>();

  /** The number of the last journal entry. */
  int journal;

  @Nullable End end;

  /** What the run gave, once it has ended well. */
  JsonNode output = Nodes.nothing();

  /** Why it failed, once it has. */
  @Nullable StepFailure failure;

  /**
   * Whether its end is on record, but not yet as the end of the execution: whoever takes it up then
   * has only that left to do.
   */
  boolean isClosing;

  ObjectNode context = Nodes.object();

  /** Of steps that others refer to, by key. */
  final Map<String, JsonNode> results = new LinkedHashMap<>();

  /** Inputs that came before their wait, by wait key. */
  final Map<String, String> inbox = new LinkedHashMap<>();

  /** Waits of branches that were given up and that are still to be closed: since when, by key. */
  final Map<String, Instant> givenUp = new LinkedHashMap<>();

  Sequence root = new Sequence();

  RunState(Instant startedAt, Instant deadline) {
    this.startedAt = startedAt;
    this.deadline = deadline;
  }

  static RunState begin(Workflow workflow, Instant now) {
    return new RunState(now, now.plus(workflow.maxDuration()));
  }

  /** Somebody takes it up again. */
  void resume(Workflow workflow, Instant now) {
    Instant parked = parkedAt;
    if (parked != null && !workflow.countWaiting() && now.isAfter(parked)) {
      deadline = deadline.plus(Duration.between(parked, now));
    }
    parkedAt = null;
  }

  /**
   * The key by which a step waits. A new one once it has waited and is to wait again; until then
   * links that were handed out keep working, whatever fails and is retried before it.
   */
  String waitKey(String stepKey) {
    int renewed = renewals.getOrDefault(stepKey, 0);
    return renewed == 0 ? stepKey : stepKey + "~" + renewed;
  }
}
