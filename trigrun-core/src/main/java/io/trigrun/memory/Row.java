package io.trigrun.memory;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Progress;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WakeUp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One execution as it stands. Changed by {@link ExecutionTable} alone, under the store's lock. */
final class Row {

  final NewExecution origin;
  final UUID id;
  ExecutionState state = ExecutionState.PENDING;
  Instant dueAt;
  int attempt;
  long lease;
  boolean holdsSlot;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  @Nullable String node;
  @Nullable String output;
  @Nullable Failure failure;
  @Nullable String checkpoint;
  @Nullable Progress progress;
  @Nullable String turn;
  Set<String> waitKeys = Set.of();
  List<Attempt> attempts = List.of();

  /**
   * How many attempts were recorded before the lease: numbers come again after a revival, or when
   * an attempt did not count.
   */
  int attemptsBefore;

  /** By number. */
  Map<Integer, String> journal = Map.of();

  Map<String, Wake> wakes = Map.of();

  /** Where the row stands in the due index, if it does. */
  @Nullable DueHeap heap;

  /** Rises whenever the row's place in the due index is outdated. */
  int stamp;

  /** Whether a wake-up made it PENDING: going on after a wait is no new attempt. */
  boolean woken;

  boolean purged;

  Row(NewExecution origin) {
    this.origin = origin;
    this.id = origin.id();
    this.dueAt = origin.dueAt();
  }

  void append(Attempt attempt) {
    for (int i = attemptsBefore; i < attempts.size(); i++) {
      if (attempts.get(i).number() == attempt.number()) {
        return;
      }
    }
    if (attempts.isEmpty()) {
      attempts = new ArrayList<>(1);
    }
    attempts.add(attempt);
  }

  void append(JournalEntry entry) {
    if (journal.isEmpty()) {
      journal = new TreeMap<>();
    }
    journal.putIfAbsent(entry.number(), entry.document());
  }

  /** Whether the entries, of which there are some, begin with one that is there already. */
  boolean hasFirstOf(List<JournalEntry> entries) {
    return !entries.isEmpty() && journal.containsKey(entries.get(0).number());
  }

  void remember(Wake wake) {
    if (wakes.isEmpty()) {
      wakes = new LinkedHashMap<>();
    }
    wakes.put(wake.wakeUp().waitKey(), wake);
  }

  boolean isWokenFor(Set<String> keys) {
    return wakes.values().stream()
        .anyMatch(wake -> !wake.consumed() && keys.contains(wake.wakeUp().waitKey()));
  }

  void consume(String waitKey) {
    if (wakes.isEmpty()) {
      return;
    }
    wakes.computeIfPresent(waitKey, (key, wake) -> new Wake(wake.wakeUp(), true));
  }

  List<WakeUp> openWakeUps() {
    return wakes.isEmpty()
        ? List.of()
        : wakes.values().stream().filter(wake -> !wake.consumed()).map(Wake::wakeUp).toList();
  }

  Execution snapshot() {
    return new Execution(
        id,
        origin.workspace(),
        origin.queue(),
        origin.handler(),
        origin.jobId(),
        origin.parentId(),
        origin.replayOf(),
        origin.trigger(),
        origin.priority(),
        state,
        dueAt,
        origin.scheduledFor(),
        origin.createdAt(),
        Optional.ofNullable(startedAt),
        Optional.ofNullable(finishedAt),
        attempt,
        lease,
        Optional.ofNullable(node),
        origin.uniqueKey().map(key -> key.value()),
        origin.payload(),
        Optional.ofNullable(output),
        Optional.ofNullable(failure),
        Optional.ofNullable(checkpoint),
        Optional.ofNullable(progress),
        origin.trace());
  }
}
