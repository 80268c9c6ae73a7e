package io.trigrun;

/** What brought an {@link Execution} into being. */
public enum Trigger {
  /** The schedule of its job. */
  SCHEDULE,
  /** {@link Jobs#runNow}. */
  RUN_NOW,
  /** {@link TrigRun#enqueue}. */
  ENQUEUE,
  /** {@link Executions#replay}. */
  REPLAY,
  /** Another execution: a delivery, a callback, a chained job. */
  FOLLOW_UP,
  /** The library itself, for its own upkeep: the cursor of a schedule, for example. */
  SYSTEM
}
