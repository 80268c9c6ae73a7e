package io.trigrun.jdbc;

import io.trigrun.spi.Definition;
import java.sql.SQLException;

/**
 * Replaces a definition whose handles stay as they are, which is what happens nearly always, with
 * one statement: if it finds the version before with the same handles there is nothing to look for,
 * because who has the name and the key, and that the owner exists, was settled when it was created.
 */
final class DefinitionReplacement {

  private static final String UPDATE =
      """
      UPDATE trigrun_definition SET configuration = ?, version = ?, updated_at = ?, document = ?
      WHERE id = ? AND version = ? AND workspace = ? AND kind = ? AND name = ?
        AND NOT EXISTS (SELECT 1 FROM trigrun_reference r WHERE r.definition_id = ?)
      """;

  private DefinitionReplacement() {}

  /** Whether it was done. If not, nothing is, and who saves has to find out why. */
  static boolean isDone(Transaction transaction, Definition definition) throws SQLException {
    if (definition.version() == 1 || !definition.references().isEmpty()) {
      return false;
    }
    return transaction.update(sql(definition), parameters -> bind(parameters, definition)) == 1;
  }

  private static String sql(Definition definition) {
    return UPDATE
        + (definition.owner().isPresent() ? "AND owner = ?" : "AND owner IS NULL")
        + (definition.lookupKey().isPresent() ? " AND lookup_key = ?" : " AND lookup_key IS NULL");
  }

  private static void bind(Parameters parameters, Definition definition) {
    parameters
        .flag(definition.configuration())
        .number(definition.version())
        .instant(definition.updatedAt())
        .text(definition.document())
        .id(definition.id())
        .number(definition.version() - 1)
        .text(definition.workspace())
        .text(definition.kind())
        .text(definition.name())
        .id(definition.id());
    definition.owner().ifPresent(parameters::id);
    definition.lookupKey().ifPresent(parameters::text);
  }
}
