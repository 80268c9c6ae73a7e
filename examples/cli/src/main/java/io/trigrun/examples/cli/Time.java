package io.trigrun.examples.cli;

import java.time.Duration;
import java.time.Instant;

/** What time it is, and letting it pass; tests have one of their own. */
interface Time {

  Instant now();

  /** Comes back at once if somebody wants the thread to end. */
  void pass(Duration span);

  static Time real() {
    return new Time() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void pass(Duration span) {
        try {
          Thread.sleep(span.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
