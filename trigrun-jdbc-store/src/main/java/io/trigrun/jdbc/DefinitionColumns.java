package io.trigrun.jdbc;

import io.trigrun.spi.Definition;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How a {@link Definition} lies in {@code trigrun_definition} and {@code trigrun_reference}. */
final class DefinitionColumns {

  static final String SELECTED =
      """
      d.id, d.workspace, d.kind, d.name, d.owner, d.lookup_key, d.configuration, d.version,
      d.created_at, d.updated_at, d.document,
      EXISTS (SELECT 1 FROM trigrun_reference r WHERE r.definition_id = d.id)
      """;

  static final String INSERT =
      """
      INSERT INTO trigrun_definition (workspace, kind, name, owner, lookup_key, configuration,
        version, created_at, updated_at, document, id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  static final String UPDATE =
      """
      UPDATE trigrun_definition SET workspace = ?, kind = ?, name = ?, owner = ?, lookup_key = ?,
        configuration = ?, version = ?, updated_at = ?, document = ?
      WHERE id = ?
      """;

  private static final String REFERENCES =
      """
      SELECT definition_id, target_id FROM trigrun_reference WHERE definition_id = ANY (?)
      """;

  private record Reference(UUID from, UUID to) {}

  /** A definition without its references, and whether it has any. */
  private record Bare(Definition definition, boolean refers) {}

  private DefinitionColumns() {}

  static void bindInsert(Parameters parameters, Definition definition) throws SQLException {
    bindHandles(parameters, definition)
        .instant(definition.createdAt())
        .instant(definition.updatedAt())
        .text(definition.document())
        .id(definition.id());
  }

  /** Leaves the instant of its creation as it is. */
  static void bindUpdate(Parameters parameters, Definition definition) throws SQLException {
    bindHandles(parameters, definition)
        .instant(definition.updatedAt())
        .text(definition.document())
        .id(definition.id());
  }

  private static Parameters bindHandles(Parameters parameters, Definition definition)
      throws SQLException {
    return parameters
        .text(definition.workspace())
        .text(definition.kind())
        .text(definition.name())
        .id(definition.owner())
        .text(definition.lookupKey())
        .flag(definition.configuration())
        .number(definition.version());
  }

  /** Reads definitions with their references. Few have any, so these are looked for if need be. */
  static List<Definition> query(Transaction transaction, String sql, Transaction.Binding binding)
      throws SQLException {
    List<Bare> found = transaction.query(sql, binding, DefinitionColumns::read);
    List<Definition> bare = found.stream().map(Bare::definition).toList();
    if (found.stream().noneMatch(Bare::refers)) {
      return bare;
    }
    Map<UUID, Set<UUID>> references = new HashMap<>();
    transaction
        .query(
            REFERENCES,
            parameters -> parameters.ids(bare.stream().map(Definition::id).toList()),
            columns -> new Reference(columns.id(), columns.id()))
        .forEach(
            reference ->
                references
                    .computeIfAbsent(reference.from(), id -> new HashSet<>())
                    .add(reference.to()));
    List<Definition> whole = new ArrayList<>(bare.size());
    bare.forEach(
        definition ->
            whole.add(with(definition, references.getOrDefault(definition.id(), Set.of()))));
    return whole;
  }

  private static Bare read(Columns columns) throws SQLException {
    return new Bare(readWithoutReferences(columns), columns.flag());
  }

  private static Definition readWithoutReferences(Columns columns) throws SQLException {
    UUID id = columns.id();
    String workspace = columns.text();
    String kind = columns.text();
    String name = columns.text();
    Optional<UUID> owner = columns.maybeId();
    Optional<String> lookupKey = columns.maybeText();
    boolean configuration = columns.flag();
    long version = columns.number();
    Instant createdAt = columns.instant();
    Instant updatedAt = columns.instant();
    return new Definition(
        id,
        workspace,
        kind,
        name,
        owner,
        lookupKey,
        Set.of(),
        configuration,
        version,
        createdAt,
        updatedAt,
        columns.text());
  }

  private static Definition with(Definition bare, Set<UUID> references) {
    return new Definition(
        bare.id(),
        bare.workspace(),
        bare.kind(),
        bare.name(),
        bare.owner(),
        bare.lookupKey(),
        references,
        bare.configuration(),
        bare.version(),
        bare.createdAt(),
        bare.updatedAt(),
        bare.document());
  }
}
