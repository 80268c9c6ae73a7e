package io.trigrun.notify.provider;

import java.time.Instant;

/**
 * What there is to tell. All texts are well-formed Unicode without NUL; what jobs and their targets
 * wrote into them is not to be trusted.
 */
public sealed interface Message permits ExecutionMessage {

  /** The event's name in JSON, {@code execution.failed} for example. */
  String event();

  /** When it happened. */
  Instant at();
}
