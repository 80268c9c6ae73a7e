package io.trigrun.notify;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All rules of one job that lead to one channel. */
record Route(Destination destination, Set<NotificationEvent> events) {

  /** Which of several names for one happening the channel hears: the first it has a rule for. */
  Optional<NotificationEvent> choose(List<NotificationEvent> mostSpecificFirst) {
    return mostSpecificFirst.stream().filter(events::contains).findFirst();
  }
}
