package io.trigrun;

import java.util.Locale;

/** What of a job's run starts other jobs (row S16); see {@link JobTriggers}. */
public enum TriggerEvent {
  /** The run has succeeded. */
  ON_SUCCESS,
  /** An attempt of the run has failed, whether another one follows or not. */
  ON_ERROR,
  /** The run has failed for good: no attempt is left, or another one is pointless. */
  ON_RETRIES_EXHAUSTED;

  /** The word in JSON and schedule files: {@code on_success}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
