package io.trigrun.workflow.internal.run;

import tools.jackson.databind.JsonNode;

/** How far a list of steps has come. */
sealed interface SequenceEnd {

  record Succeeded(JsonNode output) implements SequenceEnd {}

  record Failed(StepFailure failure) implements SequenceEnd {}

  /** It waits for something. */
  record Blocked() implements SequenceEnd {}

  /** A stop step has ended the whole run. */
  record Stopped() implements SequenceEnd {}
}
