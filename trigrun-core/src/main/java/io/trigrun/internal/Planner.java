package io.trigrun.internal;

import io.trigrun.Execution;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.FollowUps;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import java.util.Optional;

/** Finds out what follows from a conclusion. */
final class Planner {

  private final EngineContext context;

  Planner(EngineContext context) {
    this.context = context;
  }

  /** What the handler wants stored, and what everybody else plans. Throws what they throw. */
  WriteSet plan(Concluded concluded) {
    WriteSet writes = concluded.handlerFollowUps();
    if (concluded.isNews()) {
      AttemptEnd end = end(concluded);
      for (FollowUps planner : context.followUps()) {
        writes = writes.plus(planner.plan(end));
      }
    }
    return inTrace(concluded.run(), writes);
  }

  /** What follows from an attempt goes on in its trace. */
  static WriteSet inTrace(Run run, WriteSet writes) {
    return run.trace().isEmpty() || writes.enqueue().isEmpty()
        ? writes
        : new WriteSet(
            writes.enqueue().stream().map(each -> each.orTrace(run.trace())).toList(),
            writes.definitions(),
            writes.cancel());
  }

  static AttemptEnd end(Concluded concluded) {
    Run run = concluded.run();
    Transition transition = concluded.transition();
    return new AttemptEnd(
        after(run.execution(), transition), run.job(), transition.record(), transition.at());
  }

  private static Execution after(Execution before, Transition transition) {
    return new Execution(
        before.id(),
        before.workspace(),
        before.queue(),
        before.handler(),
        before.jobId(),
        before.parentId(),
        before.replayOf(),
        before.trigger(),
        before.priority(),
        transition.state(),
        transition.dueAt(),
        before.scheduledFor(),
        before.createdAt(),
        before.startedAt(),
        transition.state().isFinal() ? Optional.of(transition.at()) : Optional.empty(),
        transition.attempt(),
        before.lease(),
        before.node(),
        before.uniqueKey(),
        before.payload(),
        transition.output().or(before::output),
        transition.failure(),
        transition.checkpoint().or(before::checkpoint),
        transition.progress().or(before::progress),
        before.trace());
  }
}
