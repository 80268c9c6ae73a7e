package io.trigrun.internal;

import io.trigrun.ExecutionState;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.internal.monitor.MonitorCheck;
import io.trigrun.spi.Applied;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes an attempt from its conclusion to the record: plan what follows, commit, tell. */
final class Completion {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.completion");
  private static final Duration PLAN_AGAIN_AFTER = Duration.ofMillis(500);

  private final EngineContext context;
  private final Planner planner;
  private final Commits commits;
  private final Commits apart;
  private final BiConsumer<Instant, Runnable> later;
  private final Consumer<Boolean> settled;

  /**
   * @param apart for what may have to wait for a transaction of the host
   * @param later does something at an instant
   * @param settled called once for each completed run, with whether its follow-ups enqueued
   *     something
   */
  Completion(
      EngineContext context,
      Commits commits,
      Commits apart,
      BiConsumer<Instant, Runnable> later,
      Consumer<Boolean> settled) {
    this.context = context;
    this.planner = new Planner(context);
    this.commits = commits;
    this.apart = apart;
    this.later = later;
    this.settled = settled;
  }

  void complete(Concluded concluded, Runnable release) {
    Optional<InSession> inSession = concluded.run().inSession();
    if (inSession.isPresent()) {
      later.accept(context.now(), () -> completeEither(concluded, inSession.get(), release));
    } else {
      record(concluded, release);
    }
  }

  /**
   * A run that its handler completed in a session of the host is recorded if the host has
   * committed. If not, what the engine knows of it is, as soon as that transaction has ended.
   */
  private void completeEither(Concluded concluded, InSession inSession, Runnable release) {
    Optional<Boolean> committed = isCommitted(inSession);
    if (committed.isPresent()) {
      if (committed.get()) {
        end(inSession.concluded(), inSession.applied(), release);
      } else {
        record(concluded, release);
      }
    } else if (concluded.run().halted().isPresent()) {
      release.run();
    } else {
      later.accept(
          context.now().plus(PLAN_AGAIN_AFTER),
          () -> completeEither(concluded, inSession, release));
    }
  }

  /** Empty if that can't be found out right now. */
  private Optional<Boolean> isCommitted(InSession inSession) {
    try {
      boolean committed = inSession.isCommitted(context.store());
      context.storeHealth().worked(StoreHealth.Part.READ);
      return Optional.of(committed);
    } catch (RuntimeException e) {
      context.storeHealth().failed(StoreHealth.Part.READ, e);
      return Optional.empty();
    }
  }

  private void record(Concluded concluded, Runnable release) {
    Optional<WriteSet> planned = plan(concluded);
    if (planned.isEmpty()) {
      if (concluded.run().halted().isPresent()) {
        context.storeHealth().worked(StoreHealth.Part.READ);
        release.run();
        return;
      }
      later.accept(context.now().plus(PLAN_AGAIN_AFTER), () -> record(concluded, release));
      return;
    }
    submit(concluded, planned.get(), release);
  }

  private void submit(Concluded concluded, WriteSet followUps, Runnable release) {
    Commits way = concluded.run().inSession().isPresent() ? apart : commits;
    way.submit(
        concluded.transition().with(followUps),
        new Commits.Reply() {
          @Override
          public void applied(Applied applied) {
            settle(concluded, applied, release);
          }

          @Override
          public void refused(StoreException why) {
            standIn(concluded, followUps, why, release);
          }
        });
  }

  /**
   * The store can't hold how it went: then that is how it went, and what follows from a failure
   * follows. If what follows is what can't be held, the failure alone.
   */
  private void standIn(
      Concluded concluded, WriteSet followUps, StoreException why, Runnable release) {
    if (!concluded.isUnstorable()) {
      record(concluded.unstorable(String.valueOf(why.getMessage())), release);
    } else if (!followUps.isEmpty()) {
      submit(concluded, WriteSet.empty(), release);
    } else {
      LOG.error(
          "Execution {} stays as it is until its lease ends: the store refuses even its failure: {}",
          concluded.run().executionId(),
          why.getMessage());
      release.run();
    }
  }

  /** What follows; empty if that can't be found out right now. */
  private Optional<WriteSet> plan(Concluded concluded) {
    try {
      WriteSet writes = planner.plan(concluded);
      context.storeHealth().worked(StoreHealth.Part.READ);
      return Optional.of(writes);
    } catch (StoreException e) {
      context.storeHealth().failed(StoreHealth.Part.READ, e);
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      LOG.error(
          "Planning what follows execution {} failed; trying again",
          concluded.run().executionId(),
          e);
      return Optional.empty();
    }
  }

  private void settle(Concluded concluded, Applied applied, Runnable release) {
    if (applied instanceof Applied.Refused refused) {
      planAgain(concluded, refused, release);
      return;
    }
    Optional<InSession> inSession = concluded.run().inSession();
    if (applied instanceof Applied.Done done && inSession.isPresent()) {
      // It may have been committed while this waited for it. Not on this thread: others wait for
      // it.
      later.accept(context.now(), () -> settleEither(concluded, done, inSession.get(), release));
      return;
    }
    end(concluded, applied, release);
  }

  /**
   * Of a run that its handler completed in a session of the host, either that took effect or, if
   * the host rolled back, what the engine recorded now.
   */
  private void settleEither(
      Concluded concluded, Applied.Done done, InSession inSession, Runnable release) {
    Optional<Boolean> committed = isCommitted(inSession);
    if (committed.isEmpty()) {
      later.accept(
          context.now().plus(PLAN_AGAIN_AFTER),
          () -> settleEither(concluded, done, inSession, release));
    } else if (committed.get()) {
      end(inSession.concluded(), inSession.applied(), release);
    } else {
      end(concluded, done, release);
    }
  }

  private void end(Concluded concluded, Applied applied, Runnable release) {
    release.run();
    boolean enqueued = false;
    if (applied instanceof Applied.Done done) {
      enqueued = done.enqueued().stream().anyMatch(each -> !each.duplicate());
      for (Enqueued each : done.enqueued()) {
        LOG.trace(
            "Execution {} brought about {}", concluded.run().executionId(), each.executionId());
      }
      tell(concluded);
    } else {
      context
          .events()
          .tell(new TrigRunEvent.LeaseLost(context.now(), concluded.run().executionId()));
    }
    settled.accept(
        enqueued
            || concluded.transition().state() == ExecutionState.PENDING
            || freesSlot(concluded));
  }

  /** The end of a run of a limited job makes another one due that no claim has seen coming. */
  private static boolean freesSlot(Concluded concluded) {
    return concluded.transition().state().isFinal()
        && concluded
            .run()
            .job()
            .filter(job -> job.spec().maxConcurrentExecutions() > 0)
            .isPresent();
  }

  private void planAgain(Concluded concluded, Applied.Refused refused, Runnable release) {
    LOG.debug(
        "A definition changed under execution {}: {}",
        concluded.run().executionId(),
        refused.conflict());
    try {
      context.revision().heardOf(context.store().revision());
      context.storeHealth().worked(StoreHealth.Part.READ);
    } catch (RuntimeException e) {
      context.storeHealth().failed(StoreHealth.Part.READ, e);
      later.accept(
          context.now().plus(PLAN_AGAIN_AFTER), () -> planAgain(concluded, refused, release));
      return;
    }
    boolean ownWrite =
        concluded.handlerFollowUps().definitions().stream()
            .anyMatch(write -> write.id().equals(refused.conflict().definitionId()));
    Concluded next = ownWrite ? concluded.again() : concluded;
    later.accept(context.now(), () -> record(next, release));
  }

  private void tell(Concluded concluded) {
    if (!context.events().isSilent() && concluded.isNews()) {
      AttemptEnd end = Planner.end(concluded);
      context
          .events()
          .tell(new TrigRunEvent.AttemptEnded(end.at(), end.execution(), end.attempt()));
      MonitorCheck.news(concluded.run().execution().handler(), concluded.handlerFollowUps())
          .ifPresent(context.events()::tell);
    }
  }
}
