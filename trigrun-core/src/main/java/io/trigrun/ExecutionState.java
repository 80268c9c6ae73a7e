package io.trigrun;

import java.util.Locale;

/**
 * Where an {@link Execution} stands.
 *
 * <pre>
 * PENDING ──claim──▶ RUNNING ──▶ SUCCEEDED | FAILED
 *    ▲                 │  └────▶ WAITING ──wake or timeout──▶ PENDING/RUNNING
 *    └──retry, later───┘         any live state ──cancel──▶ CANCELLED
 * </pre>
 */
public enum ExecutionState {
  /** Waits for its due instant, the first time or for a retry. */
  PENDING,
  /** Claimed by a node; its due instant is the end of the lease. */
  RUNNING,
  /** Parked until a wake-up comes or its due instant, the end of the wait, passes. */
  WAITING,
  /** Ended well. Final. */
  SUCCEEDED,
  /** Ended badly, with no attempt left. Final. */
  FAILED,
  /** Taken back before it ended. Final. */
  CANCELLED;

  /** Whether somebody still has to look at the execution: it has a due instant. */
  public boolean isLive() {
    return this == PENDING || this == RUNNING || this == WAITING;
  }

  /** Whether the execution has ended. */
  public boolean isFinal() {
    return !isLive();
  }

  /** The platform's word for it in JSON: {@code queued} if pending, else the name in lower case. */
  public String jsonName() {
    return this == PENDING ? "queued" : name().toLowerCase(Locale.ROOT);
  }
}
