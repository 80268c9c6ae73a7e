package io.trigrun.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Something that was configured: a job, a channel, a rule. To the store a document with a few
 * handles.
 *
 * @param id unique, for ever
 * @param workspace the tenant it belongs to
 * @param kind what it is, {@code job} for example
 * @param name unique within workspace and kind; things without a name of their own use their id
 * @param owner the definition it is a part of, in the same workspace: deleting the owner deletes
 *     it, too
 * @param lookupKey finds it without knowing its workspace; unique within the kind
 * @param references definitions of the same workspace that it needs: they can't be deleted while it
 *     exists
 * @param configuration whether runs depend on it, so that saving it must raise {@link
 *     JobStore#revision()}; false for what changes often and is read each time, a monitor's state
 *     for example
 * @param version 1 when created, one more with each save
 * @param createdAt kept by the store from the first save, whatever later ones say
 * @param document a JSON text that the store never reads
 */
public record Definition(
    UUID id,
    String workspace,
    String kind,
    String name,
    Optional<UUID> owner,
    Optional<String> lookupKey,
    Set<UUID> references,
    boolean configuration,
    long version,
    Instant createdAt,
    Instant updatedAt,
    String document) {

  public Definition {
    references = Set.copyOf(references);
    createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    updatedAt = updatedAt.truncatedTo(ChronoUnit.MICROS);
  }
}
