package io.trigrun.examples.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What has to become true. Looks again whenever something has happened: nothing here sleeps. */
final class Expectations {

  private record Expectation(String what, Callable<Boolean> holds) {}

  private final Console console;
  private final List<Expectation> open = new ArrayList<>();
  private final Semaphore happenings = new Semaphore(0);

  Expectations(Console console) {
    this.console = console;
  }

  void expect(String what, Callable<Boolean> holds) {
    open.add(new Expectation(what, holds));
  }

  /** Something has happened; called by any thread. */
  void look() {
    happenings.release();
  }

  /** Whether everything expected so far is true before the time is up; says what is not. */
  boolean await(Duration limit) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    do {
      happenings.drainPermits();
      checkOff();
    } while (!open.isEmpty()
        && happenings.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    open.forEach(missing -> console.say("MISSING", missing.what()));
    return open.isEmpty();
  }

  private void checkOff() throws Exception {
    for (Expectation expectation : List.copyOf(open)) {
      if (expectation.holds().call()) {
        open.remove(expectation);
        console.say("ok", expectation.what());
      }
    }
  }
}
