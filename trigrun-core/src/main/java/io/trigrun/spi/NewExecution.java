package io.trigrun.spi;

import io.trigrun.Priority;
import io.trigrun.Trigger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * An execution to enqueue. The fields are those of {@link io.trigrun.Execution}.
 *
 * @param uniqueKey refuses a second execution of the same workspace and key
 * @param concurrency limits how many of a key run at once
 */
public record NewExecution(
    UUID id,
    String workspace,
    String queue,
    String handler,
    Optional<UUID> jobId,
    Optional<UUID> parentId,
    Optional<UUID> replayOf,
    Trigger trigger,
    Priority priority,
    Instant dueAt,
    Instant scheduledFor,
    Instant createdAt,
    Optional<UniqueKey> uniqueKey,
    Optional<Concurrency> concurrency,
    String payload) {

  public NewExecution {
    dueAt = dueAt.truncatedTo(ChronoUnit.MICROS);
    scheduledFor = scheduledFor.truncatedTo(ChronoUnit.MICROS);
    createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
  }
}
