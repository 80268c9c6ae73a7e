package io.trigrun.jdbc;

import io.trigrun.spi.Conflict;
import io.trigrun.spi.Conflict.Reason;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes definitions one after another, each compare-and-set. A definition is locked before it is
 * written, and what it refers to before that is relied on. After a conflict the caller rolls back.
 */
final class DefinitionWriter {

  private static final String LOCK_VERSION =
      "SELECT version FROM trigrun_definition WHERE id = ? FOR UPDATE";

  private static final String NAME_HOLDER =
      """
      SELECT id FROM trigrun_definition WHERE workspace = ? AND kind = ? AND name = ? AND id <> ?
      """;

  private static final String KEY_HOLDER =
      "SELECT id FROM trigrun_definition WHERE kind = ? AND lookup_key = ? AND id <> ?";

  private static final String LOCK_TARGETS =
      """
      SELECT id FROM trigrun_definition WHERE id = ANY (?) AND workspace = ? ORDER BY id FOR UPDATE
      """;

  private static final String LOCK_PARTS =
      "SELECT id FROM trigrun_definition WHERE owner = ANY (?) ORDER BY id FOR UPDATE";

  private static final String REFERRERS =
      "SELECT DISTINCT definition_id FROM trigrun_reference WHERE target_id = ANY (?)";

  private static final String INSERT_REFERENCE =
      "INSERT INTO trigrun_reference (target_id, definition_id) VALUES (?, ?)";

  private static final String DELETE_REFERENCES =
      "DELETE FROM trigrun_reference WHERE definition_id = ANY (?)";

  private static final String COUNT_CONFIGURATION =
      "SELECT COUNT(*) FROM trigrun_definition WHERE id = ANY (?) AND configuration";

  /** Stops counting where that is enough to know. */
  private static final String COUNT_ALIKE =
      """
      SELECT COUNT(*) FROM (
        SELECT id FROM trigrun_definition WHERE kind = ? AND workspace = ? LIMIT ?) alike
      """;

  private static final String DELETE = "DELETE FROM trigrun_definition WHERE id = ANY (?)";

  /** As the database orders ids. */
  static final Comparator<UUID> UNSIGNED =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };

  private final Transaction transaction;
  private long revisions;

  DefinitionWriter(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Writes all of them, or some of them and says what stopped it. */
  Optional<Conflict> write(List<DefinitionWrite> writes) throws SQLException {
    for (DefinitionWrite write : writes) {
      Optional<Conflict> conflict =
          write instanceof DefinitionWrite.Save save
              ? save(save.definition())
              : delete((DefinitionWrite.Delete) write);
      if (conflict.isPresent()) {
        return conflict;
      }
    }
    List<DefinitionWrite.Save> limited = limited(writes);
    if (!limited.isEmpty()) {
      Revision.lock(transaction);
    }
    // Last, because everybody who saves configuration waits for this row until we commit.
    Revision.raise(transaction, revisions);
    return excess(limited);
  }

  private static List<DefinitionWrite.Save> limited(List<DefinitionWrite> writes) {
    return writes.stream()
        .filter(DefinitionWrite.Save.class::isInstance)
        .map(DefinitionWrite.Save.class::cast)
        .filter(DefinitionWrite.Save::isLimited)
        .toList();
  }

  /** Counts behind the lock of the revision: whoever created one before has committed. */
  private Optional<Conflict> excess(List<DefinitionWrite.Save> limited) throws SQLException {
    for (DefinitionWrite.Save save : limited) {
      Definition definition = save.definition();
      long count =
          transaction
              .first(
                  COUNT_ALIKE,
                  parameters ->
                      parameters
                          .text(definition.kind())
                          .text(definition.workspace())
                          .number(save.most() + 1L),
                  Columns::number)
              .orElse(0L);
      if (count > save.most()) {
        return conflict(save.id(), Reason.LIMIT_REACHED, List.of());
      }
    }
    return Optional.empty();
  }

  private Optional<Conflict> save(Definition definition) throws SQLException {
    if (DefinitionReplacement.isDone(transaction, definition)) {
      revisions += definition.configuration() ? 1 : 0;
      return Optional.empty();
    }
    UUID id = definition.id();
    long current = version(id);
    if (definition.version() != current + 1) {
      return conflict(id, Reason.VERSION, List.of());
    }
    List<UUID> nameHolder = nameHolder(definition);
    if (!nameHolder.isEmpty()) {
      return conflict(id, Reason.NAME_TAKEN, nameHolder);
    }
    List<UUID> keyHolder = keyHolder(definition);
    if (!keyHolder.isEmpty()) {
      return conflict(id, Reason.KEY_TAKEN, keyHolder);
    }
    List<UUID> missing = missing(definition);
    if (!missing.isEmpty()) {
      return conflict(id, Reason.REFERENCE_MISSING, missing);
    }
    store(definition, current == 0);
    return Optional.empty();
  }

  private long version(UUID id) throws SQLException {
    return transaction
        .first(LOCK_VERSION, parameters -> parameters.id(id), Columns::number)
        .orElse(0L);
  }

  private List<UUID> nameHolder(Definition definition) throws SQLException {
    return transaction.query(
        NAME_HOLDER,
        parameters ->
            parameters
                .text(definition.workspace())
                .text(definition.kind())
                .text(definition.name())
                .id(definition.id()),
        Columns::id);
  }

  private List<UUID> keyHolder(Definition definition) throws SQLException {
    if (definition.lookupKey().isEmpty()) {
      return List.of();
    }
    return transaction.query(
        KEY_HOLDER,
        parameters ->
            parameters.text(definition.kind()).text(definition.lookupKey()).id(definition.id()),
        Columns::id);
  }

  private List<UUID> missing(Definition definition) throws SQLException {
    List<UUID> targets =
        Stream.concat(definition.owner().stream(), definition.references().stream())
            .sorted(UNSIGNED)
            .toList();
    if (targets.isEmpty()) {
      return targets;
    }
    Set<UUID> present =
        new HashSet<>(
            transaction.query(
                LOCK_TARGETS,
                parameters -> parameters.ids(targets).text(definition.workspace()),
                Columns::id));
    return targets.stream().filter(id -> !present.contains(id)).toList();
  }

  private void store(Definition definition, boolean isNew) throws SQLException {
    UUID id = definition.id();
    if (isNew) {
      transaction.execute(
          DefinitionColumns.INSERT,
          parameters -> DefinitionColumns.bindInsert(parameters, definition));
    } else {
      transaction.execute(
          DefinitionColumns.UPDATE,
          parameters -> DefinitionColumns.bindUpdate(parameters, definition));
      transaction.execute(DELETE_REFERENCES, parameters -> parameters.ids(List.of(id)));
    }
    transaction.batch(
        INSERT_REFERENCE,
        definition.references(),
        (parameters, target) -> parameters.id(target).id(id));
    if (definition.configuration()) {
      revisions++;
    }
  }

  private Optional<Conflict> delete(DefinitionWrite.Delete delete) throws SQLException {
    long current = version(delete.id());
    if (current == 0 || current != delete.version()) {
      return conflict(delete.id(), Reason.VERSION, List.of());
    }
    Set<UUID> doomed = withParts(delete.id());
    List<UUID> outside =
        transaction.query(REFERRERS, parameters -> parameters.ids(doomed), Columns::id).stream()
            .filter(id -> !doomed.contains(id))
            .sorted(UNSIGNED)
            .toList();
    if (!outside.isEmpty()) {
      return conflict(delete.id(), Reason.REFERENCED, outside);
    }
    revisions +=
        transaction
            .first(COUNT_CONFIGURATION, parameters -> parameters.ids(doomed), Columns::number)
            .orElse(0L);
    transaction.execute(DELETE_REFERENCES, parameters -> parameters.ids(doomed));
    transaction.execute(DELETE, parameters -> parameters.ids(doomed));
    return Optional.empty();
  }

  private Set<UUID> withParts(UUID root) throws SQLException {
    Set<UUID> all = new LinkedHashSet<>(List.of(root));
    List<UUID> owners = List.of(root);
    while (!owners.isEmpty()) {
      List<UUID> level = owners;
      owners = new ArrayList<>();
      for (UUID part :
          transaction.query(LOCK_PARTS, parameters -> parameters.ids(level), Columns::id)) {
        if (all.add(part)) {
          owners.add(part);
        }
      }
    }
    return all;
  }

  private static Optional<Conflict> conflict(UUID id, Reason reason, List<UUID> others) {
    return Optional.of(new Conflict(id, reason, others));
  }
}
