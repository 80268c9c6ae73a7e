package io.trigrun;

import java.util.UUID;

/**
 * The execution does not belong to this attempt any more: it was cancelled, or another node has
 * taken it over. Nothing was recorded; roll back what was done for it.
 */
public final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For an execution whose lease is gone. */
  public LeaseLostException(UUID executionId) {
    super(
        "expected execution "
            + executionId
            + " to belong to this attempt, but it was cancelled or taken over; roll back");
  }
}
