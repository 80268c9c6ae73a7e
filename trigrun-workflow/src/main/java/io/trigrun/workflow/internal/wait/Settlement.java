package io.trigrun.workflow.internal.wait;

import java.util.Optional;

/** What became of an answer to a wait. */
public sealed interface Settlement {

  /** It counts, durably. */
  record Accepted() implements Settlement {}

  /**
   * It has counted before.
   *
   * @param earlier the vote of that time, if it was one
   */
  record Repeated(Optional<Vote> earlier) implements Settlement {}

  /**
   * Another one has counted before, so this one does not.
   *
   * @param winner the vote that does, if it was one
   */
  record Contradicted(Optional<Vote> winner) implements Settlement {}

  /** It came too late. */
  record Expired() implements Settlement {}

  /** Nobody waits for it any more, or nobody ever will. */
  record Gone() implements Settlement {}
}
