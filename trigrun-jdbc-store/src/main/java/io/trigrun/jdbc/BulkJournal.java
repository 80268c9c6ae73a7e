package io.trigrun.jdbc;

import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a statement in bulk does besides, for the executions that it has changed: it appends to
 * their journals and marks wake-ups as dealt with.
 */
final class BulkJournal {

  private record Line(UUID executionId, JournalEntry entry) {}

  private record Wake(UUID executionId, String key) {}

  private BulkJournal() {}

  /**
   * More parts of a WITH.
   *
   * @param changed the part of it that has the ids
   */
  static String after(String changed) {
    return """
        , appended AS (
          INSERT INTO trigrun_journal (execution_id, number, document)
          SELECT n.id, n.number, n.document
          FROM unnest(?::uuid[], ?::integer[], ?::text[]) AS n (id, number, document)
          JOIN %1$s ON %1$s.id = n.id
          ON CONFLICT DO NOTHING
        ), consumed AS (
          UPDATE trigrun_wake w SET consumed = TRUE
          FROM unnest(?::uuid[], ?::text[]) AS n (id, wait_key) JOIN %1$s ON %1$s.id = n.id
          WHERE w.execution_id = n.id AND w.wait_key = n.wait_key
        )
        """
        .formatted(changed);
  }

  /** Whether a transition needs more than its execution's row. */
  static boolean isNeeded(Transition transition) {
    return !transition.journal().isEmpty() || !transition.consumed().isEmpty();
  }

  static void bind(Parameters parameters, List<Transition> transitions) {
    List<Line> lines = new ArrayList<>();
    List<Wake> wakes = new ArrayList<>();
    for (Transition one : transitions) {
      UUID id = one.lease().executionId();
      one.journal().forEach(entry -> lines.add(new Line(id, entry)));
      one.consumed().forEach(key -> wakes.add(new Wake(id, key)));
    }
    parameters
        .texts(lines, line -> line.executionId().toString())
        .texts(lines, line -> Integer.toString(line.entry().number()))
        .texts(lines, line -> line.entry().document())
        .texts(wakes, wake -> wake.executionId().toString())
        .texts(wakes, Wake::key);
  }
}
