package io.trigrun.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The texts of an execution, of any size: read only where somebody wants to see them.
 *
 * @param payload as enqueued
 * @param output the result
 * @param checkpoint the handler's notes
 */
record Texts(String payload, Optional<String> output, Optional<String> checkpoint) {

  static final Texts NONE = new Texts("", Optional.empty(), Optional.empty());

  /** Adds the texts to a row of {@link ExecutionColumns#SELECTED}. */
  static final String SELECTED =
      """
      , e.payload, e.output, e.checkpoint
      """;

  private static final String READ =
      "SELECT id, payload, output, checkpoint FROM trigrun_execution WHERE id = ANY (?)";

  private record Found(UUID id, Texts texts) {}

  static Texts read(Columns columns) throws SQLException {
    return new Texts(columns.text(), columns.maybeText(), columns.maybeText());
  }

  static Map<UUID, Texts> read(Transaction transaction, Collection<UUID> executionIds)
      throws SQLException {
    Map<UUID, Texts> texts = new HashMap<>();
    transaction
        .query(
            READ,
            parameters -> parameters.ids(executionIds),
            columns -> new Found(columns.id(), read(columns)))
        .forEach(found -> texts.put(found.id(), found.texts()));
    return texts;
  }
}
