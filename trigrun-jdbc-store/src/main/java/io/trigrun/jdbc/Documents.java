package io.trigrun.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The texts of executions. */
final class Documents {

  /** The texts of one execution. */
  record Texts(String payload, Optional<String> output, Optional<String> checkpoint) {}

  static final Texts NONE = new Texts("", Optional.empty(), Optional.empty());

  /** One text to store. */
  record Text(UUID executionId, Part part, String content) {}

  private enum Part {
    PAYLOAD,
    OUTPUT,
    CHECKPOINT
  }

  private static final String INSERT =
      "INSERT INTO trigrun_document (execution_id, part, content) VALUES (?, ?, ?)";

  private static final String READ =
      """
      SELECT execution_id, part, content FROM trigrun_document WHERE execution_id = ANY (?)
      """;

  /** Adds the texts to a row of {@link ExecutionColumns#SELECTED}. */
  static final String SELECTED =
      """
      , p.content, o.content, c.content
      """;

  static final String JOINED =
      """
      JOIN trigrun_document p ON p.execution_id = e.id AND p.part = 'PAYLOAD'
      LEFT JOIN trigrun_document o ON o.execution_id = e.id AND o.part = 'OUTPUT'
      LEFT JOIN trigrun_document c ON c.execution_id = e.id AND c.part = 'CHECKPOINT'
      """;

  private final Transaction transaction;

  Documents(Transaction transaction) {
    this.transaction = transaction;
  }

  static Text payload(UUID executionId, String content) {
    return new Text(executionId, Part.PAYLOAD, content);
  }

  static Text output(UUID executionId, String content) {
    return new Text(executionId, Part.OUTPUT, content);
  }

  static Text checkpoint(UUID executionId, String content) {
    return new Text(executionId, Part.CHECKPOINT, content);
  }

  static Texts read(Columns columns) throws SQLException {
    return new Texts(columns.text(), columns.maybeText(), columns.maybeText());
  }

  void insert(Collection<Text> texts) throws SQLException {
    transaction.batch(INSERT, texts, Documents::bind);
  }

  void upsert(Collection<Text> texts) throws SQLException {
    transaction.batch(transaction.dialect().upsertDocument(), texts, Documents::bind);
  }

  private static void bind(Parameters parameters, Text text) throws SQLException {
    parameters.id(text.executionId()).text(text.part().name()).text(text.content());
  }

  Map<UUID, Texts> read(Collection<UUID> executionIds) throws SQLException {
    Map<UUID, Map<Part, String>> parts = new HashMap<>();
    transaction
        .query(
            READ,
            parameters -> parameters.ids(executionIds),
            columns -> new Text(columns.id(), Part.valueOf(columns.text()), columns.text()))
        .forEach(
            text ->
                parts
                    .computeIfAbsent(text.executionId(), id -> new HashMap<>())
                    .put(text.part(), text.content()));
    Map<UUID, Texts> texts = new HashMap<>();
    parts.forEach((id, found) -> texts.put(id, texts(found)));
    return texts;
  }

  private static Texts texts(Map<Part, String> parts) {
    @Nullable String payload = parts.get(Part.PAYLOAD);
    return new Texts(
        payload == null ? "" : payload,
        Optional.ofNullable(parts.get(Part.OUTPUT)),
        Optional.ofNullable(parts.get(Part.CHECKPOINT)));
  }
}
