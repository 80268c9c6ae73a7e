package io.trigrun.jdbc;

import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.ClaimedExecution.Reason;
import io.trigrun.spi.WakeUp;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@link io.trigrun.spi.JobStore#claim}. Where "the first n rows that nobody has locked" can't be
 * asked for, one claim looks for work at a time, as two of them would find the same rows.
 */
final class ClaimOperation {

  private static final String ENTER =
      "SELECT amount FROM trigrun_counter WHERE name = 'claim' FOR UPDATE";

  /** The due ones of one queue and priority, in order, without leaving the index. */
  private static final String DUE_OF_LEVEL =
      """
      SELECT claim_queue, priority, due_at, id FROM trigrun_execution
      WHERE claim_queue = ? AND priority = ? AND due_at <= ? AND handler = ANY (?)
        AND (state = 'PENDING' OR due_at <= ?)
      ORDER BY claim_queue, priority, due_at, id LIMIT ?
      """;

  private static final String DUE =
      allLevels("(" + DUE_OF_LEVEL + ")\n") + "ORDER BY priority DESC, due_at, id LIMIT ?";

  private static final String LOCK_DUE_OF_LEVEL = DUE_OF_LEVEL + "FOR UPDATE SKIP LOCKED";

  /** The earliest one of a queue and priority, due or not. */
  private static final String NEXT_OF_LEVEL =
      """
      (SELECT claim_queue, priority, due_at FROM trigrun_execution
       WHERE claim_queue = ? AND priority = ? AND handler = ANY (?)
       ORDER BY claim_queue, priority, due_at LIMIT 1)
      """;

  private static final String NEXT = allLevels(NEXT_OF_LEVEL) + "ORDER BY due_at LIMIT 1";

  /** What {@link ExecutionRow#claim} does, for all of them in one statement. */
  private static final String CLAIM =
      """
      UPDATE trigrun_execution SET
        attempt = CASE WHEN woken OR state = 'WAITING' THEN attempt ELSE attempt + 1 END,
        started_at = COALESCE(started_at, ?),
        state = 'RUNNING', due_at = ?, lease_until = NULL, lease = lease + 1, node = ?, woken = FALSE,
        wait_keys = NULL, holds_slot = (concurrency_key IS NOT NULL)
      WHERE id = ANY (?)
      """;

  private static final String BLOCK =
      """
      UPDATE trigrun_execution SET claim_queue = NULL, blocked_key = concurrency_key
      WHERE id = ANY (?)
      """;

  /** Enough to get past a long queue behind a limit in a few rounds. */
  private static final int NEXT_PAGE = 256;

  /** A row that is due, by the index. */
  private record Due(int priority, UUID id) {

    static Due read(Columns columns) throws SQLException {
      columns.text();
      int priority = columns.integer();
      columns.instant();
      return new Due(priority, columns.id());
    }
  }

  /** A row that was claimed, and how it was found. */
  record Claimed(ExecutionRow row, Reason reason, Instant dueAt, Texts texts) {

    static Reason reason(String state) {
      return switch (ExecutionState.valueOf(state)) {
        case RUNNING -> Reason.LEASE_EXPIRED;
        case WAITING -> Reason.WAIT_EXPIRED;
        default -> Reason.DUE;
      };
    }

    Claimed with(Texts found) {
      return new Claimed(row, reason, dueAt, found);
    }

    ClaimedExecution execution(List<WakeUp> wakeUps) {
      return new ClaimedExecution(
          row.snapshot(texts), reason, dueAt, wakeUps, Optional.ofNullable(row.turn));
    }
  }

  private final Transaction transaction;
  private final ClaimRequest request;
  private final Rows rows;
  private final Slots slots;
  private final List<Claimed> claimed = new ArrayList<>();
  private final Set<UUID> seen = new HashSet<>();

  ClaimOperation(Transaction transaction, ClaimRequest request) {
    this.transaction = transaction;
    this.request = request;
    rows = new Rows(transaction);
    slots = new Slots(transaction, rows);
  }

  Claim run() throws SQLException {
    if (!transaction.dialect().locksFirst()) {
      transaction.query(ENTER, Transaction.Binding.NONE, Columns::number);
    }
    boolean full = false;
    for (Map.Entry<String, Integer> queue : request.queues().entrySet()) {
      full |= fill(queue.getKey(), queue.getValue()) == 0;
    }
    slots.save();
    Optional<Instant> nextDue = full ? Optional.empty() : nextDue();
    List<ClaimedExecution> executions = executions();
    // Last of all, so that whatever was saved before an execution was claimed is in it.
    return new Claim(executions, nextDue, Revision.read(transaction));
  }

  /** Claims those of the ids that find room under their concurrency limits, and blocks others. */
  Claim run(List<UUID> limited) throws SQLException {
    take(limited, limited.size());
    slots.save();
    List<ClaimedExecution> executions = executions();
    return new Claim(executions, Optional.empty(), Revision.read(transaction));
  }

  /** Claims what a queue has and returns how much room is left. */
  private int fill(String queue, int room) throws SQLException {
    int left = room;
    int page = room;
    while (true) {
      List<UUID> due = due(queue, page);
      List<UUID> fresh = due.stream().filter(id -> !seen.contains(id)).toList();
      left -= take(fresh, left);
      if (left == 0 || due.size() < page) {
        return left;
      }
      // Some were blocked, or others had them: look further.
      page = Math.max(page + page, NEXT_PAGE);
    }
  }

  private List<UUID> due(String queue, int limit) throws SQLException {
    return transaction.dialect().locksFirst()
        ? lockDue(queue, limit)
        : due(queue, limit, limit).stream().map(Due::id).toList();
  }

  /** Locks the first ones that nobody has, priority by priority, of those that have any. */
  private List<UUID> lockDue(String queue, int limit) throws SQLException {
    List<UUID> locked = new ArrayList<>();
    for (Due first : due(queue, 1, Priority.values().length)) {
      if (locked.size() < limit) {
        int left = limit - locked.size();
        transaction
            .query(
                LOCK_DUE_OF_LEVEL,
                parameters -> bindLevel(parameters, queue, first.priority(), left),
                Due::read)
            .forEach(due -> locked.add(due.id()));
      }
    }
    return locked;
  }

  private List<Due> due(String queue, int limitOfLevel, int limit) throws SQLException {
    return transaction.query(
        DUE,
        parameters -> {
          for (Priority priority : Priority.values()) {
            bindLevel(parameters, queue, priority.level(), limitOfLevel);
          }
          parameters.number(limit);
        },
        Due::read);
  }

  private void bindLevel(Parameters parameters, String queue, int priority, int limit) {
    parameters
        .text(queue)
        .number(priority)
        .instant(request.horizon())
        .texts(request.handlers())
        .instant(request.now())
        .number(limit);
  }

  /** Claims or blocks the ids in order while there is room, and returns how many it claimed. */
  private int take(List<UUID> ids, int room) throws SQLException {
    rows.lockFree(ids);
    List<ExecutionRow> found =
        ids.stream()
            .flatMap(id -> rows.find(id).stream())
            .filter(row -> row.isClaimable(request))
            .toList();
    slots.lock(
        found.stream()
            .filter(row -> !row.holdsSlot)
            .flatMap(row -> row.concurrencyKey().stream())
            .toList());
    List<UUID> taken = new ArrayList<>();
    List<UUID> blocked = new ArrayList<>();
    for (ExecutionRow row : found) {
      if (taken.size() == room) {
        break;
      }
      seen.add(row.id);
      if (slots.take(row)) {
        claim(row);
        taken.add(row.id);
      } else {
        blocked.add(row.id);
      }
    }
    save(taken, blocked);
    return taken.size();
  }

  private void claim(ExecutionRow row) {
    Reason reason = Claimed.reason(row.state.name());
    Instant dueAt = row.dueAt;
    row.claim(request);
    claimed.add(new Claimed(row, reason, dueAt, Texts.NONE));
  }

  private void save(List<UUID> taken, List<UUID> blocked) throws SQLException {
    if (!taken.isEmpty()) {
      transaction.execute(
          CLAIM,
          parameters ->
              parameters
                  .instant(request.now())
                  .instant(request.leaseUntil())
                  .text(request.node())
                  .ids(taken));
    }
    if (!blocked.isEmpty()) {
      transaction.execute(BLOCK, parameters -> parameters.ids(blocked));
    }
  }

  private List<ClaimedExecution> executions() throws SQLException {
    if (claimed.isEmpty()) {
      return List.of();
    }
    Map<UUID, Texts> texts =
        Texts.read(transaction, claimed.stream().map(claim -> claim.row().id).toList());
    Wakes wakes = new Wakes(transaction);
    wakes.load(
        claimed.stream().map(Claimed::row).filter(row -> row.hasWakes).map(row -> row.id).toList());
    return claimed.stream()
        .map(claim -> claim.with(texts.getOrDefault(claim.row().id, Texts.NONE)))
        .map(claim -> claim.execution(wakes.open(claim.row().id)))
        .toList();
  }

  private Optional<Instant> nextDue() throws SQLException {
    Optional<Instant> earliest = Optional.empty();
    for (String queue : request.queues().keySet()) {
      Optional<Instant> next = nextDue(queue);
      earliest = Stream.of(earliest, next).flatMap(Optional::stream).min(Instant::compareTo);
    }
    return earliest;
  }

  private Optional<Instant> nextDue(String queue) throws SQLException {
    return transaction.first(
        NEXT,
        parameters -> {
          for (Priority priority : Priority.values()) {
            parameters.text(queue).number(priority.level()).texts(request.handlers());
          }
        },
        columns -> {
          columns.text();
          columns.integer();
          return columns.instant();
        });
  }

  private static String allLevels(String ofLevel) {
    return Stream.of(Priority.values())
        .map(priority -> ofLevel)
        .collect(Collectors.joining("UNION ALL\n"));
  }
}
