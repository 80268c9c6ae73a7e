package io.trigrun;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A saved job. A snapshot.
 *
 * @param id unique, for ever
 * @param workspace the tenant it belongs to
 * @param spec what it does and when
 * @param state where it stands
 * @param version rises with each save
 * @param createdAt where interval schedules are anchored
 * @param cursor the execution that fires its schedule, while there is one
 */
public record Job(
    UUID id,
    String workspace,
    JobSpec spec,
    JobState state,
    long version,
    Instant createdAt,
    Instant updatedAt,
    Optional<UUID> cursor) {

  public String name() {
    return spec.name();
  }
}
