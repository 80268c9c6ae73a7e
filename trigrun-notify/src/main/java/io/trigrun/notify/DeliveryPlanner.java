package io.trigrun.notify;

import io.trigrun.Job;
import io.trigrun.Trigger;
import io.trigrun.notify.provider.RunDetail;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.FollowUps;
import io.trigrun.spi.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Plans the deliveries that follow from the end of an attempt: one for each happening and channel
 * with a rule for it. Its id follows from the lease of the attempt, so planning the same end twice
 * enqueues nothing twice, while an execution that was revived and fails again is told again.
 */
record DeliveryPlanner(Fanout fanout, RunDetails runs) implements FollowUps {

  @Override
  public WriteSet plan(AttemptEnd end) {
    // Upkeep of the library is nobody's news; and deliveries about deliveries would never end.
    boolean isRunOfJob =
        end.job().isPresent()
            && end.execution().trigger() != Trigger.SYSTEM
            && !end.execution().handler().equals(DeliveryHandler.NAME);
    if (!isRunOfJob) {
      return WriteSet.empty();
    }
    Job job = end.job().orElseThrow();
    Audience audience =
        fanout
            .routing()
            .audience(end.execution().workspace(), Optional.of(job.id()), job.spec().labels());
    return audience.rules().isEmpty() ? WriteSet.empty() : plan(end, job, audience);
  }

  private WriteSet plan(AttemptEnd end, Job job, Audience audience) {
    Supplier<RunDetail> detail = once(() -> runs.of(end, job));
    WriteSet writes = WriteSet.empty();
    for (Happening happening : Happening.of(end)) {
      if (audience.listensTo(happening.events())) {
        writes = writes.plus(fanout.of(occurrence(end, job, happening, detail), audience));
      }
    }
    return writes;
  }

  private static Occurrence occurrence(
      AttemptEnd end, Job job, Happening happening, Supplier<RunDetail> detail) {
    return new Occurrence(
        end.execution().workspace(),
        String.join(
            "/",
            end.execution().id().toString(),
            Long.toString(end.execution().lease()),
            happening.word()),
        Optional.of(end.execution().createdAt()),
        Optional.of(job.id()),
        job.spec().labels(),
        DeliverySubject.execution(job.id(), end.execution().id()),
        end.at(),
        happening.events(),
        event -> ExecutionMessages.of(end, job, detail.get(), event));
  }

  /** Looked up only if somebody hears of it, and once then. */
  private static Supplier<RunDetail> once(Supplier<RunDetail> loader) {
    List<RunDetail> known = new ArrayList<>(1);
    return () -> {
      if (known.isEmpty()) {
        known.add(loader.get());
      }
      return known.get(0);
    };
  }
}
