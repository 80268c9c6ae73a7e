package io.trigrun.monitor;

/** Where a {@link Monitor} stands. */
public enum MonitorState {
  /** Waits for its first ping since it was created or resumed; goes down if none comes in time. */
  PENDING,
  /** The latest ping came in time, and the next one is not overdue. */
  UP,
  /** No ping came within interval and grace. Until the next ping. */
  DOWN,
  /** Nobody waits for pings. Until it is resumed. */
  PAUSED;

  /** Whether a ping is waited for, so that silence brings the monitor down. */
  public boolean isWatched() {
    return this == PENDING || this == UP;
  }
}
