package io.trigrun.spi;

/**
 * What a handler leaves behind of one step, for good. The journal of an execution is appended and
 * never rewritten, so a step costs the same at the end of a long run as at its beginning.
 *
 * @param number 1 or more, unique within the execution, counted by the handler (in its checkpoint,
 *     best); appending a number again changes nothing
 * @param document JSON text the store never reads; at most 1,048,576 characters that every store
 *     can hold, as {@link io.trigrun.handler.Outcome} says of checkpoints
 */
public record JournalEntry(int number, String document) {

  public JournalEntry {
    if (number < 1) {
      throw new IllegalArgumentException("expected a journal number of 1 or more, got " + number);
    }
  }
}
