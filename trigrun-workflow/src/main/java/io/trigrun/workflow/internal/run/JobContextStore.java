package io.trigrun.workflow.internal.run;

import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.WriteSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * The persistent contexts of jobs (row W4): texts by key, one definition for each job. Each key is
 * as the last who wrote it has said: writers read, change their keys and save by compare-and-set.
 */
public final class JobContextStore {

  static final String KIND = "job_context";

  private final JobStore store;

  public JobContextStore(JobStore store) {
    this.store = store;
  }

  /** As it is now. */
  ObjectNode read(UUID jobId) {
    return find(jobId).map(JobContextStore::values).orElseGet(Nodes::object);
  }

  Optional<Definition> find(UUID jobId) {
    return store.findDefinitions(List.of(id(jobId))).stream().findFirst();
  }

  static ObjectNode values(Definition definition) {
    return (ObjectNode) Nodes.read(definition.document());
  }

  /**
   * What to write so that these keys have these values, as things stand now; a write that is
   * refused is to be planned again.
   *
   * @param changes no value deletes a key
   */
  public Change plan(
      String workspace, UUID jobId, Map<String, Optional<String>> changes, Instant now) {
    Optional<Definition> known = find(jobId);
    ObjectNode values = known.map(JobContextStore::values).orElseGet(Nodes::object);
    changes.forEach(
        (key, value) ->
            value.ifPresentOrElse(text -> values.put(key, text), () -> values.remove(key)));
    Definition next =
        new Definition(
            id(jobId),
            workspace,
            KIND,
            jobId.toString(),
            Optional.of(jobId),
            Optional.empty(),
            Set.of(),
            false,
            known.map(definition -> definition.version() + 1).orElse(1L),
            known.map(Definition::createdAt).orElse(now),
            now,
            Nodes.write(values));
    return new Change(
        values,
        next.version(),
        new WriteSet(List.of(), List.of(new DefinitionWrite.Save(next)), List.of()));
  }

  /** The values and the version as they will be, and the write that makes them so. */
  public record Change(ObjectNode values, long version, WriteSet write) {}

  private static UUID id(UUID jobId) {
    return UUID.nameUUIDFromBytes(
        ("trigrun/job-context/" + jobId).getBytes(StandardCharsets.UTF_8));
  }
}
