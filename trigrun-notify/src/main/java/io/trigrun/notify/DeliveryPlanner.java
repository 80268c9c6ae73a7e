package io.trigrun.notify;

import io.trigrun.Job;
import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.FollowUps;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RevisionCache;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Plans the deliveries that follow from the end of an attempt: one for each happening and channel
 * with a rule for it. The key names the lease of the attempt, so planning the same end twice
 * enqueues nothing twice, while an execution that was revived and fails again is told again.
 */
record DeliveryPlanner(RevisionCache<UUID, List<Route>> routes) implements FollowUps {

  @Override
  public WriteSet plan(AttemptEnd end) {
    // Upkeep of the library is nobody's news; and deliveries about deliveries would never end.
    boolean isRunOfJob =
        end.job().isPresent()
            && end.execution().trigger() != Trigger.SYSTEM
            && !end.execution().handler().equals(DeliveryHandler.NAME);
    List<Happening> happenings = isRunOfJob ? Happening.of(end) : List.of();
    if (happenings.isEmpty()) {
      return WriteSet.empty();
    }
    Job job = end.job().orElseThrow();
    List<Route> ways = routes.get(job.id());
    List<NewExecution> deliveries = new ArrayList<>();
    for (Happening happening : happenings) {
      for (Route route : ways) {
        route
            .choose(happening.events())
            .ifPresent(
                event -> deliveries.add(delivery(end, job, happening, route.destination(), event)));
      }
    }
    return WriteSet.enqueue(deliveries);
  }

  private static NewExecution delivery(
      AttemptEnd end, Job job, Happening happening, Destination to, NotificationEvent event) {
    Message message = ExecutionMessages.of(end, job, event);
    DeliveryPayload payload =
        new DeliveryPayload(
            to.id(),
            to.type(),
            event.wireName(),
            job.id(),
            end.execution().id(),
            render(to, message));
    return new NewExecution(
        TimeOrderedId.at(end.at()),
        end.execution().workspace(),
        DeliveryHandler.QUEUE,
        DeliveryHandler.NAME,
        Optional.empty(), // it is no run of the job
        Optional.of(end.execution().id()),
        Optional.empty(),
        Trigger.FOLLOW_UP,
        Priority.NORMAL,
        end.at(),
        end.at(),
        end.at(),
        Optional.of(new UniqueKey(key(end, happening, to), UniqueKey.Scope.WHILE_KEPT)),
        Optional.empty(),
        payload.write());
  }

  /** A fault of a provider costs the message, not the job: the delivery is there and says so. */
  private static Optional<Rendering> render(Destination to, Message message) {
    try {
      return to.sender().map(sender -> sender.render(message));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static String key(AttemptEnd end, Happening happening, Destination to) {
    return String.join(
        "/",
        "notify",
        end.execution().id().toString(),
        Long.toString(end.execution().lease()),
        happening.word(),
        to.id().toString());
  }
}
