package io.trigrun.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * An input for a wait.
 *
 * @param executionId whose wait it is
 * @param waitKey which wait it is: unique within the execution, 1 to 200 characters
 * @param input a JSON text
 */
public record WakeUp(UUID executionId, String waitKey, String input, Instant at) {

  public WakeUp {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }
}
