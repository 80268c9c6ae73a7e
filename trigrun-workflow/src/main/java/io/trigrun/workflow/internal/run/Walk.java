package io.trigrun.workflow.internal.run;

import io.trigrun.Failure;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.WriteSet;
import io.trigrun.workflow.definition.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A run as its steps find it while they are walked, and what they ask for, until the driver takes
 * that away. One thread at a time.
 */
final class Walk {

  /** What one boundary holds, about: lines of the journal, and their characters. */
  private static final int MOST_LINES = 1_000;

  private static final int MOST_CHARACTERS = 1_000_000;

  final Plan plan;
  final RunState state;
  final Surroundings world;

  final Attempts attempts = new Attempts();
  final Agenda agenda = new Agenda();
  final ContextWrites contexts;

  private final List<JournalEntry> journal = new ArrayList<>();
  private int journalLength;
  private WriteSet followUps = WriteSet.empty();
  private Instant now;

  Walk(Plan plan, RunState state, Surroundings world, Instant now) {
    this.plan = plan;
    this.state = state;
    this.world = world;
    this.contexts = new ContextWrites(state, world);
    this.now = now;
  }

  /** Another one. */
  void begin(Instant at) {
    now = at;
    agenda.clear();
    attempts.clear();
  }

  Instant now() {
    return now;
  }

  boolean isEnded() {
    return state.end != null;
  }

  RunScope scope(Loops loops) {
    return new RunScope(plan, state, world, contexts::jobContext, loops);
  }

  String waitKey(Step step, Loops loops) {
    return state.waitKey(loops.key(step.id()));
  }

  void note(String document) {
    journal.add(new JournalEntry(++state.journal, document));
    journalLength += document.length();
  }

  /**
   * Whether so much has happened that it has to be recorded before more does: however many steps
   * take no time, the run stays one that can be cancelled, runs out of time, and fits in memory.
   */
  boolean isFull() {
    return journal.size() >= MOST_LINES || journalLength >= MOST_CHARACTERS;
  }

  void follow(WriteSet writes) {
    followUps = followUps.plus(writes);
  }

  /** Takes back what nobody waits for any more. */
  void cancel(UUID executionId) {
    follow(
        world.cancel(
            new Cancellation(
                executionId,
                new Failure("CANCELLED", "the run that waited for it has given it up"),
                now)));
  }

  /** When somebody has to look again if nothing happens before. */
  Instant due() {
    return plan.workflow().countWaiting()
        ? agenda.due(state.deadline)
        : agenda.dueWithoutDeadline(now);
  }

  boolean hasNews() {
    return !journal.isEmpty() || !followUps.isEmpty() || !contexts.isEmpty();
  }

  List<JournalEntry> takeJournal() {
    List<JournalEntry> taken = List.copyOf(journal);
    journal.clear();
    journalLength = 0;
    return taken;
  }

  WriteSet takeFollowUps() {
    WriteSet taken = followUps;
    followUps = WriteSet.empty();
    return taken;
  }
}
