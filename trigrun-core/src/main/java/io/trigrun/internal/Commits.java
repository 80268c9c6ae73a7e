package io.trigrun.internal;

import io.trigrun.spi.Applied;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import java.util.List;
import org.slf4j.Logger;

/** Where transitions go to be recorded. */
@FunctionalInterface
interface Commits {

  /** Hears what became of a transition. */
  interface Reply {

    /** The store has dealt with it. */
    void applied(Applied applied);

    /** The store can't hold it, and never will. */
    void refused(StoreException why);
  }

  /** Records a transition, sooner or later, and says what became of it. */
  void submit(Transition transition, Reply reply);

  /** Whether nothing is recorded any more: who has no reply by then will get none. */
  default boolean isStopped() {
    return false;
  }

  /**
   * Logs that the store can't hold a transition. Not the causes: what a driver says quotes the
   * data.
   */
  static void tellRefusal(Logger log, Transition transition, StoreException refusal) {
    log.warn(
        "The store refuses to record how execution {} went: {}",
        transition.lease().executionId(),
        refusal.getMessage());
  }

  /** Each transition at once, on the caller's thread: for engines that are driven by hand. */
  static Commits direct(JobStore store) {
    return (transition, reply) -> {
      Applied applied;
      try {
        applied = store.apply(List.of(transition)).get(0);
      } catch (StoreException e) {
        if (e.isRetryable()) {
          throw e;
        }
        reply.refused(e);
        return;
      }
      reply.applied(applied);
    };
  }
}
