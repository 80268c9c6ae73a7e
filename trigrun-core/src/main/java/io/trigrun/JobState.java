package io.trigrun;

/** Where a {@link Job} stands (row S4). */
public enum JobState {
  /** Saved, never yet activated: its schedule does not fire. */
  DRAFT,
  /** Its schedule fires. */
  ACTIVE,
  /** Its schedule does not fire until it is resumed; runs that have started go on. */
  PAUSED,
  /** Its schedule has nothing left to fire. Final for jobs that run once. */
  COMPLETED
}
