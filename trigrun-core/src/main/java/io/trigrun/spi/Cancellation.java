package io.trigrun.spi;

import io.trigrun.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Takes a live execution back: it becomes CANCELLED and its lease number rises, so that a node that
 * runs it can record nothing more. A finished or unknown execution is left as it is.
 *
 * @param reason kept as the execution's failure
 */
public record Cancellation(UUID executionId, Failure reason, Instant at) {

  public Cancellation {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }
}
