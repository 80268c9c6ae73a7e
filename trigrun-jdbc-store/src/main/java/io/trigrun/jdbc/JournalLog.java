package io.trigrun.jdbc;

import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.Transition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The journals of executions: appended, never changed. */
final class JournalLog {

  private static final String INSERT =
      "INSERT INTO trigrun_journal (execution_id, number, document) ";

  /** The execution's lock keeps others from appending meanwhile. */
  private static final String APPEND =
      INSERT
          + """
          SELECT ?, ?, ? WHERE NOT EXISTS (
            SELECT 1 FROM trigrun_journal WHERE execution_id = ? AND number = ?)
          """;

  private static final String VALUES = INSERT + "VALUES (?, ?, ?) ";

  private static final String READ =
      "SELECT number, document FROM trigrun_journal WHERE execution_id = ? ORDER BY number";

  private static final String PRESENT =
      """
      SELECT execution_id, number FROM trigrun_journal
      WHERE execution_id = ANY (?) AND number = ANY (?)
      """;

  private record Place(UUID executionId, int number) {}

  private record Line(UUID executionId, JournalEntry entry) {}

  private final Transaction transaction;
  private final Set<Place> present = new HashSet<>();
  private final List<Line> lines = new ArrayList<>();

  JournalLog(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Learns whose first entries are there already, of locked executions. */
  void load(List<Transition> transitions) throws SQLException {
    if (!transitions.isEmpty()) {
      List<UUID> ids = transitions.stream().map(one -> one.lease().executionId()).toList();
      List<Integer> firsts = transitions.stream().map(one -> first(one).number()).toList();
      present.addAll(
          transaction.query(
              PRESENT,
              parameters -> parameters.ids(ids).numbers(firsts),
              columns -> new Place(columns.id(), columns.integer())));
    }
  }

  /** Whether the first entry of a transition that brings some is there already. */
  boolean hasFirstOf(Transition transition) {
    return present.contains(
        new Place(transition.lease().executionId(), first(transition).number()));
  }

  private static JournalEntry first(Transition transition) {
    return transition.journal().get(0);
  }

  void append(UUID executionId, List<JournalEntry> entries) {
    for (JournalEntry entry : entries) {
      if (present.add(new Place(executionId, entry.number()))) {
        lines.add(new Line(executionId, entry));
      }
    }
  }

  void save() throws SQLException {
    Optional<String> ifAbsent = transaction.dialect().ifAbsent();
    if (ifAbsent.isPresent()) {
      transaction.batch(VALUES + ifAbsent.get(), lines, JournalLog::bind);
    } else {
      transaction.batch(APPEND, lines, JournalLog::bindTwice);
    }
  }

  private static void bind(Parameters parameters, Line line) throws SQLException {
    parameters.id(line.executionId()).number(line.entry().number()).text(line.entry().document());
  }

  private static void bindTwice(Parameters parameters, Line line) throws SQLException {
    bind(parameters, line);
    parameters.id(line.executionId()).number(line.entry().number());
  }

  /** By number. */
  static List<JournalEntry> read(Transaction transaction, UUID executionId) throws SQLException {
    return transaction.query(
        READ,
        parameters -> parameters.id(executionId),
        columns -> new JournalEntry(columns.integer(), columns.text()));
  }
}
