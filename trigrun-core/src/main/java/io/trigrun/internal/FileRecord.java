package io.trigrun.internal;

import io.trigrun.spi.Definition;
import io.trigrun.spi.TimeOrderedId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the store keeps of a schedule file: the ids of what it has created. */
final class FileRecord {

  static final String KIND = "schedule_file";
  private static final String MANAGED = "managed";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private FileRecord() {}

  static Set<UUID> managed(Definition definition) {
    Set<UUID> ids = new LinkedHashSet<>();
    MAPPER
        .readTree(definition.document())
        .get(MANAGED)
        .forEach(id -> ids.add(UUID.fromString(id.stringValue())));
    return ids;
  }

  /** The next version: whoever applies the file at the same time is refused. */
  static Definition next(
      Optional<Definition> before,
      String workspace,
      String name,
      Collection<UUID> managed,
      Instant now) {
    ObjectNode document = MAPPER.createObjectNode();
    managed.forEach(id -> document.withArray(MANAGED).add(id.toString()));
    if (managed.isEmpty()) {
      document.putArray(MANAGED);
    }
    return new Definition(
        before.map(Definition::id).orElseGet(() -> TimeOrderedId.at(now)),
        workspace,
        KIND,
        name,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        false,
        before.map(Definition::version).orElse(0L) + 1,
        before.map(Definition::createdAt).orElse(now),
        now,
        document.toString());
  }
}
