package io.trigrun.notify;

import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorChange;
import io.trigrun.spi.MonitorFollowUps;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.Optional;

/** Plans the deliveries that follow from a monitor that goes down or recovers. */
record MonitorPlanner(Fanout fanout) implements MonitorFollowUps {

  @Override
  public WriteSet plan(MonitorChange change) {
    Monitor monitor = change.monitor();
    NotificationEvent event =
        change.kind() == MonitorChange.Kind.DOWN
            ? NotificationEvent.ON_DOWN
            : NotificationEvent.ON_RECOVERY;
    return fanout.of(
        new Occurrence(
            monitor.workspace(),
            monitor.id() + "/" + monitor.version(),
            Optional.empty(),
            Optional.of(monitor.id()),
            monitor.spec().labels(),
            DeliverySubject.monitor(monitor.id()),
            change.at(),
            List.of(event),
            name -> MonitorMessages.of(change)));
  }
}
