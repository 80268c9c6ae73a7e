package io.trigrun;

/**
 * Which of several due executions of one queue goes first. Among equals the earlier due instant
 * wins. A higher priority never interrupts what runs.
 */
public enum Priority {
  LOWEST(0),
  LOW(1),
  NORMAL(2),
  HIGH(3),
  HIGHEST(4);

  private final int level;

  Priority(int level) {
    this.level = level;
  }

  /** 0 (lowest) to 4 (highest): the number that stores keep. */
  public int level() {
    return level;
  }

  /** The priority of a {@link #level()}. */
  public static Priority ofLevel(int level) {
    return values()[level];
  }
}
