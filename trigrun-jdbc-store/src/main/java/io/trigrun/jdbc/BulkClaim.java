package io.trigrun.jdbc;

import io.trigrun.jdbc.ClaimOperation.Claimed;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Claims in one statement, where the database locks the first rows that nobody has and updates them
 * in the same breath. Rows whose concurrency key may have no room are only named: for those there
 * is {@link ClaimOperation}.
 *
 * <p>The statement leaves {@code due_at} alone and says {@code lease_until} instead, so that it
 * changes no index: what runs for a short while stays where it is in the index of claims, what runs
 * longer is moved by the first extension of its lease.
 */
final class BulkClaim {

  /** What one statement found. */
  record Found(
      List<ClaimedExecution> claimed,
      List<UUID> limited,
      Optional<Instant> nextDue,
      long revision) {}

  /** Goes from priority to priority and stops, and stops locking, when there is no more room. */
  private static final String DUE =
      """
      SELECT q.queue, d.*
      FROM unnest((SELECT queues FROM asked), (SELECT rooms FROM asked)) AS q (queue, room)
      CROSS JOIN LATERAL (
        SELECT l.* FROM (VALUES (4), (3), (2), (1), (0)) AS p (level)
        CROSS JOIN LATERAL (
          SELECT e.ctid AS place, e.id, e.state, COALESCE(e.lease_until, e.due_at) AS at,
            e.concurrency_key IS NOT NULL AND NOT e.holds_slot AS limited
          FROM trigrun_execution_live e
          WHERE e.claim_queue = q.queue AND e.priority = p.level
            AND e.due_at BETWEEN (SELECT since FROM asked) AND (SELECT horizon FROM asked)
            AND e.handler = ANY ((SELECT handlers FROM asked)::text[])
            AND CASE e.state WHEN 'PENDING' THEN TRUE
              WHEN 'WAITING' THEN e.due_at <= (SELECT now FROM asked)
              ELSE COALESCE(e.lease_until, e.due_at) <= (SELECT now FROM asked) END
          ORDER BY e.claim_queue, e.priority, e.due_at, e.id LIMIT q.room
          FOR UPDATE SKIP LOCKED) l
        LIMIT q.room) d
      """;

  /**
   * When a node with room to spare has to look again. For what runs or waits, the first 10,000 rows
   * that are due are looked through, of whatever handler and state: the slow poll is for the
   * others.
   */
  private static final String NEXT_DUE =
      """
      SELECT LEAST(
        (SELECT MIN(n.due_at)
         FROM unnest((SELECT queues FROM asked)) AS q (queue), generate_series(0, 4) AS p (level)
         CROSS JOIN LATERAL (
           SELECT e.due_at FROM trigrun_execution_live e
           WHERE e.claim_queue = q.queue AND e.priority = p.level
             AND e.due_at > (SELECT horizon FROM asked)
             AND e.handler = ANY ((SELECT handlers FROM asked)::text[])
           ORDER BY e.claim_queue, e.priority, e.due_at LIMIT 1) n),
        (SELECT MIN(n.at)
         FROM unnest((SELECT queues FROM asked)) AS q (queue), generate_series(0, 4) AS p (level)
         CROSS JOIN LATERAL (
           SELECT e.state, e.handler, COALESCE(e.lease_until, e.due_at) AS at
           FROM trigrun_execution_live e
           WHERE e.claim_queue = q.queue AND e.priority = p.level
             AND e.due_at BETWEEN (SELECT since FROM asked) AND (SELECT horizon FROM asked)
           ORDER BY e.claim_queue, e.priority, e.due_at LIMIT 10000) n
         WHERE n.state <> 'PENDING' AND n.at > (SELECT now FROM asked)
           AND n.handler = ANY ((SELECT handlers FROM asked)::text[])))
      """;

  /**
   * What is asked stands in a table of its own, so that plans do not depend on it: the server would
   * make one for each call, which takes longer than the claim.
   */
  private static final String CLAIM =
      """
      WITH asked AS MATERIALIZED (
        SELECT ?::text[] AS queues, ?::integer[] AS rooms, ?::text[] AS handlers,
          ?::timestamptz AS since, ?::timestamptz AS now, ?::timestamptz AS horizon,
          ?::timestamptz AS lease_until, ?::text AS node
      ), due AS MATERIALIZED (
      """
          + DUE
          + """
      ), claimed AS (
        UPDATE trigrun_execution_live e SET
          attempt = CASE WHEN e.woken OR e.state = 'WAITING' THEN e.attempt
            ELSE e.attempt + 1 END,
          started_at = COALESCE(e.started_at, (SELECT now FROM asked)), state = 'RUNNING',
          lease_until = (SELECT lease_until FROM asked), lease = e.lease + 1,
          node = (SELECT node FROM asked), woken = FALSE, wait_keys = NULL
        WHERE e.ctid = ANY (ARRAY(SELECT place FROM due WHERE NOT limited))
        RETURNING
      """
          + ExecutionColumns.SELECTED
          + Texts.SELECTED
          + """
      )
      SELECT m.*, c.id IS NOT NULL, d.state, d.at, c.* FROM (
        SELECT (SELECT amount FROM trigrun_counter WHERE name = 'revision'),
          (SELECT string_agg(due.id::text, ',') FROM due WHERE due.limited),
          CASE WHEN NOT EXISTS (
            SELECT 1
            FROM unnest((SELECT queues FROM asked), (SELECT rooms FROM asked)) AS q (queue, room)
            WHERE (SELECT COUNT(*) FROM due WHERE due.queue = q.queue) >= q.room)
          THEN (
      """
          + NEXT_DUE
          + """
          ) END) m LEFT JOIN claimed c ON TRUE LEFT JOIN due d ON d.id = c.id
      """;

  private final Transaction transaction;
  private final ClaimRequest request;
  private final Instant since;
  private final List<String> queues;
  private final List<String> rooms;
  private final List<Claimed> claimed = new ArrayList<>();
  private List<UUID> limited = List.of();
  private Optional<Instant> nextDue = Optional.empty();
  private long revision;

  /**
   * @param room by queue: what is left of the request's
   * @param since what was due before is not looked at
   */
  BulkClaim(
      Transaction transaction, ClaimRequest request, Map<String, Integer> room, Instant since) {
    this.transaction = transaction;
    this.request = request;
    this.since = since;
    queues = List.copyOf(room.keySet());
    rooms = queues.stream().map(room::get).map(count -> Integer.toString(count)).toList();
  }

  Found run() throws SQLException {
    transaction.query(CLAIM, this::bind, this::read);
    Wakes wakes = new Wakes(transaction);
    wakes.load(
        claimed.stream().map(Claimed::row).filter(row -> row.hasWakes).map(row -> row.id).toList());
    List<ClaimedExecution> executions =
        claimed.stream().map(one -> one.execution(wakes.open(one.row().id))).toList();
    return new Found(executions, limited, nextDue, revision);
  }

  private void bind(Parameters parameters) throws SQLException {
    parameters
        .texts(queues)
        .texts(rooms)
        .texts(request.handlers())
        .instant(since)
        .instant(request.now())
        .instant(request.horizon())
        .instant(request.leaseUntil())
        .text(request.node());
  }

  /** A row for each execution, or one without any. */
  private boolean read(Columns columns) throws SQLException {
    revision = columns.number();
    limited =
        columns
            .maybeText()
            .map(ids -> Arrays.stream(ids.split(",")).map(UUID::fromString).toList())
            .orElse(List.of());
    @Nullable Instant next = columns.maybeInstant();
    nextDue = Optional.ofNullable(next);
    boolean found = columns.flag();
    if (found) {
      String was = columns.text();
      Instant wasDue = columns.instant();
      ExecutionRow row = ExecutionColumns.read(columns);
      claimed.add(new Claimed(row, Claimed.reason(was), wasDue, Texts.read(columns)));
    }
    return found;
  }
}
