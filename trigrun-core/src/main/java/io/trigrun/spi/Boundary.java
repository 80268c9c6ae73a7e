package io.trigrun.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run leaves behind between two steps: one atomic write, made in the middle of an attempt by
 * {@link RunContext#record} or together with its end by {@link HandlerResult}. All of it is stored
 * or nothing, and nothing by a run that has lost its lease.
 *
 * @param checkpoint where to go on from: handed out with each later claim, also of an execution
 *     that has failed and is revived; empty leaves what is there
 * @param journal appended, in this order; no number twice
 * @param consumed wait keys whose wake-ups are dealt with: they are not handed out again, but
 *     remain taken
 * @param followUps stored along with it
 */
public record Boundary(
    Optional<String> checkpoint,
    List<JournalEntry> journal,
    Set<String> consumed,
    WriteSet followUps) {

  private static final Boundary EMPTY =
      new Boundary(Optional.empty(), List.of(), Set.of(), WriteSet.empty());

  public Boundary {
    journal = List.copyOf(journal);
    consumed = Set.copyOf(consumed);
    Set<Integer> numbers = new HashSet<>();
    for (JournalEntry entry : journal) {
      if (!numbers.add(entry.number())) {
        throw new IllegalArgumentException(
            "expected every journal number once, got " + entry.number() + " twice");
      }
    }
  }

  /** One that leaves nothing behind. */
  public static Boundary empty() {
    return EMPTY;
  }

  /** One that stores only this. */
  public static Boundary of(WriteSet followUps) {
    return followUps.isEmpty()
        ? EMPTY
        : new Boundary(Optional.empty(), List.of(), Set.of(), followUps);
  }

  /** One that notes where to go on from and appends to the journal. */
  public static Boundary of(String checkpoint, List<JournalEntry> journal) {
    return new Boundary(Optional.of(checkpoint), journal, Set.of(), WriteSet.empty());
  }

  /** The same, with these wake-ups dealt with and no others. */
  public Boundary consuming(Set<String> waitKeys) {
    return new Boundary(checkpoint, journal, waitKeys, followUps);
  }

  /** The same, with this stored along with it, too. */
  public Boundary plus(WriteSet writes) {
    return writes.isEmpty()
        ? this
        : new Boundary(checkpoint, journal, consumed, followUps.plus(writes));
  }
}
