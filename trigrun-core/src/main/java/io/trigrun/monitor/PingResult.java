package io.trigrun.monitor;

/** What became of a ping. */
public enum PingResult {
  /** It is recorded, and the monitor is up by it. */
  UP,
  /** It is recorded; the monitor is paused and stays so. */
  PAUSED,
  /** No monitor has the token. Nothing is recorded. */
  UNKNOWN
}
