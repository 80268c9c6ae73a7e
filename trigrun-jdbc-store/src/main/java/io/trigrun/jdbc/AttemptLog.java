package io.trigrun.jdbc;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.spi.Lease;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The recorded attempts of executions: appended, never changed. */
final class AttemptLog {

  private static final String INSERT =
      """
      INSERT INTO trigrun_attempt (execution_id, lease, number, status, started_at, latency_nanos,
        status_code, error_class, error, body_preview, headers, node)
      """;

  /** The execution's lock keeps others from appending meanwhile. */
  private static final String APPEND =
      INSERT
          + """
          SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
          WHERE NOT EXISTS (
            SELECT 1 FROM trigrun_attempt WHERE execution_id = ? AND lease = ? AND number = ?)
          """;

  private static final String VALUES = INSERT + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\n";

  private static final String READ =
      """
      SELECT lease, number, status, started_at, latency_nanos, status_code, error_class, error,
        body_preview, headers, node
      FROM trigrun_attempt WHERE execution_id = ? ORDER BY position
      """;

  private static final String LAST = "SELECT last_attempt FROM trigrun_execution WHERE id = ?";

  private record Entry(Lease lease, Attempt attempt) {}

  private final Transaction transaction;
  private final List<Entry> entries = new ArrayList<>();

  AttemptLog(Transaction transaction) {
    this.transaction = transaction;
  }

  void append(Lease lease, Attempt attempt) {
    entries.add(new Entry(lease, attempt));
  }

  void save() throws SQLException {
    Optional<String> ifAbsent = transaction.dialect().ifAbsent();
    if (ifAbsent.isPresent()) {
      transaction.batch(VALUES + ifAbsent.get(), entries, AttemptLog::bind);
    } else {
      transaction.batch(APPEND, entries, AttemptLog::bindTwice);
    }
  }

  private static void bindTwice(Parameters parameters, Entry entry) throws SQLException {
    bind(parameters, entry);
    parameters
        .id(entry.lease().executionId())
        .number(entry.lease().number())
        .number(entry.attempt().number());
  }

  private static void bind(Parameters parameters, Entry entry) throws SQLException {
    Attempt attempt = entry.attempt();
    parameters
        .id(entry.lease().executionId())
        .number(entry.lease().number())
        .number(attempt.number())
        .text(attempt.status().name())
        .instant(attempt.startedAt().truncatedTo(ChronoUnit.MICROS))
        .number(attempt.latency().toNanos())
        .number(attempt.statusCode())
        .text(attempt.errorClass())
        .text(attempt.error())
        .text(attempt.bodyPreview())
        .text(AttemptText.headers(attempt.headers()))
        .text(attempt.node());
  }

  /** Oldest first. */
  List<Attempt> read(UUID executionId) throws SQLException {
    // The last one first: if the execution is revived in between, it is read twice and not missed.
    Optional<AttemptText> last =
        transaction
            .first(LAST, parameters -> parameters.id(executionId), Columns::maybeText)
            .flatMap(text -> text)
            .map(AttemptText::read);
    List<AttemptText> entries =
        transaction.query(READ, parameters -> parameters.id(executionId), AttemptLog::read);
    last.filter(text -> entries.stream().noneMatch(text::isSame)).ifPresent(entries::add);
    return entries.stream().map(AttemptText::attempt).toList();
  }

  private static AttemptText read(Columns columns) throws SQLException {
    long lease = columns.number();
    int number = columns.integer();
    AttemptStatus status = AttemptStatus.valueOf(columns.text());
    Instant startedAt = columns.instant();
    Duration latency = Duration.ofNanos(columns.number());
    Optional<Integer> statusCode = columns.maybeInteger();
    Optional<String> errorClass = columns.maybeText();
    Optional<String> error = columns.maybeText();
    Optional<String> bodyPreview = columns.maybeText();
    Map<String, String> headers = AttemptText.headers(columns.text());
    Attempt attempt =
        new Attempt(
            number,
            status,
            startedAt,
            latency,
            statusCode,
            errorClass,
            error,
            bodyPreview,
            headers,
            columns.text());
    return new AttemptText(lease, attempt);
  }
}
