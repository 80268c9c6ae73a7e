package io.trigrun.notify;

import io.trigrun.StoreSession;
import io.trigrun.notify.provider.Message;
import io.trigrun.spi.Host;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Turns an event of the host's own into deliveries, and stores them. */
record Publisher(Host host, Fanout fanout) {

  Published publish(String workspace, StoreSession session, HostEvent event) {
    Instant now = host.clock().instant();
    List<NewExecution> deliveries =
        fanout
            .of(
                new Occurrence(
                    workspace,
                    "own/" + event.uniqueKey().orElseGet(() -> TimeOrderedId.at(now).toString()),
                    Optional.empty(),
                    Optional.empty(),
                    event.labels(),
                    DeliverySubject.none(),
                    now,
                    event.types(),
                    type -> message(event, type, now)))
            .enqueue();
    if (deliveries.isEmpty()) {
      return new Published(List.of());
    }
    WriteResult.Stored stored =
        (WriteResult.Stored) host.store().write(session, WriteSet.enqueue(deliveries));
    host.wakeUp();
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < deliveries.size(); i++) {
      if (DeliveryKind.isDelivery(deliveries.get(i).handler())) {
        ids.add(stored.enqueued().get(i).executionId());
      }
    }
    return new Published(ids);
  }

  private static Message message(HostEvent event, NotificationEvent type, Instant now) {
    return new Message(type.wireName(), now, event.subject(type, now), event.notice());
  }
}
