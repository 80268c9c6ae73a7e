package io.trigrun.event;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.monitor.Monitor;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Something that happened on this node. The package's page tells when each comes. */
public sealed interface TrigRunEvent {

  /** When it happened. */
  Instant at();

  /**
   * A handler is about to be called.
   *
   * @param dueAt when the attempt was due: {@code at} is that much later
   */
  record AttemptStarted(Instant at, Execution execution, Instant dueAt) implements TrigRunEvent {}

  /**
   * An attempt was recorded.
   *
   * @param execution as it is now: final, or PENDING for a retry, or WAITING
   * @param attempt the attempt, if it leaves a trace
   */
  record AttemptEnded(Instant at, Execution execution, Optional<Attempt> attempt)
      implements TrigRunEvent {}

  /**
   * Another node has taken over, or the execution was cancelled: what the handler does is not
   * recorded.
   */
  record LeaseLost(Instant at, UUID executionId) implements TrigRunEvent {}

  /** A monitor went down: no ping came within interval and grace. */
  record MonitorDown(Instant at, Monitor monitor) implements TrigRunEvent {}

  /**
   * A ping brought a monitor up that had been down.
   *
   * @param downSince since when it had been down
   */
  record MonitorRecovered(Instant at, Monitor monitor, Instant downSince) implements TrigRunEvent {}

  /** The store stopped working. */
  record StoreUnavailable(Instant at, String reason) implements TrigRunEvent {}

  /** The store works again. */
  record StoreRecovered(Instant at, Instant since) implements TrigRunEvent {}
}
