package io.trigrun.internal;

import io.trigrun.ExecutionState;
import io.trigrun.Progress;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Lease;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Extends the leases of all that this node holds, three times a lease, and writes down what
 * handlers say about their progress.
 */
final class LeaseKeeper {

  /** Progress is told for what it is worth. */
  private static final Commits.Reply NOBODY =
      new Commits.Reply() {
        @Override
        public void applied(Applied applied) {}

        @Override
        public void refused(StoreException why) {}
      };

  private final EngineContext context;
  private final Held held;
  private final Commits commits;
  private final Loop loop = new Loop("trigrun-leases", this::round);

  LeaseKeeper(EngineContext context, Held held, Commits commits) {
    this.context = context;
    this.held = held;
    this.commits = commits;
  }

  void start() {
    loop.start();
  }

  void stop() {
    loop.stop();
  }

  private void round() throws InterruptedException {
    loop.sleep(context.settings().lease().dividedBy(3));
    tick();
  }

  /** One round. A store that does not work is tried again in the next. */
  void tick() {
    if (held.isEmpty()) {
      context.storeHealth().worked(StoreHealth.Part.EXTEND);
      return;
    }
    try {
      extend();
      context.alignment().keep(Duration.ZERO);
      context.storeHealth().worked(StoreHealth.Part.EXTEND);
    } catch (RuntimeException e) {
      context.storeHealth().failed(StoreHealth.Part.EXTEND, e);
    }
  }

  /**
   * Extends all leases now.
   *
   * @throws RuntimeException if the store does not work
   */
  void extend() {
    Duration lease = context.settings().lease();
    Instant until = context.now().plus(lease);
    // A run that its handler completes in a transaction of the host is locked by that.
    List<Lease> leases =
        held.all().stream()
            .filter(run -> !run.isCompleting())
            .map(run -> run.claimed().lease())
            .toList();
    for (Lease lost : context.store().extendLeases(leases, until)) {
      Run run = held.find(lost.executionId());
      if (run != null && run.claimed().lease().equals(lost) && !run.isCompleting()) {
        loseLease(context, run);
      }
    }
    for (Run run : held.all()) {
      if (!run.isConcluded() && !run.isCompleting()) {
        run.untoldProgress()
            .ifPresent(progress -> commits.submit(said(run, progress, until), NOBODY));
      }
    }
  }

  /**
   * Somebody else has the execution now. A run that has concluded already hears of it too, so that
   * it is not kept for ever when its end can't be planned.
   */
  static void loseLease(EngineContext context, Run run) {
    boolean news = !run.isConcluded() && run.halted().isEmpty();
    run.halt(Run.Halt.LEASE_LOST);
    if (news) {
      context.events().tell(new TrigRunEvent.LeaseLost(context.now(), run.executionId()));
    }
  }

  private Transition said(Run run, Progress progress, Instant leaseUntil) {
    return new Transition(
        run.claimed().lease(),
        ExecutionState.RUNNING,
        context.now(),
        leaseUntil,
        run.countedAttempt(),
        Optional.empty(),
        Optional.empty(),
        run.execution().failure(),
        Optional.empty(),
        Optional.of(progress),
        Set.of(),
        Set.of(),
        WriteSet.empty());
  }
}
