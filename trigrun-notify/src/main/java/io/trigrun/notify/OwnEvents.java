package io.trigrun.notify;

import io.trigrun.validation.Problems;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The events that the host has declared (row N12), and what can happen where. */
record OwnEvents(Set<String> types) {

  OwnEvents {
    types = Collections.unmodifiableSet(new TreeSet<>(types));
  }

  /** A rule for what never happens would be silent for ever, so it is refused. */
  void check(RuleScope scope, NotificationEvent event, Problems problems) {
    boolean aboutMonitors =
        event.equals(NotificationEvent.ON_DOWN) || event.equals(NotificationEvent.ON_RECOVERY);
    if (event.isOwn()) {
      problems.check(
          types.contains(event.ruleName()),
          "event",
          "an event of the library, or one that was declared with"
              + " Notifications.builder().event(...): "
              + types,
          event.ruleName());
    }
    boolean aboutChannels = event.equals(NotificationEvent.ON_CHANNEL_DISABLED);
    problems.check(
        !aboutChannels || !(scope instanceof RuleScope.Labelled),
        "event",
        "one that happens to what has labels",
        event.ruleName());
    if (scope instanceof RuleScope.OfJob) {
      problems.check(
          !aboutMonitors && !aboutChannels && !event.isOwn(),
          "event",
          "one that happens to jobs",
          event.ruleName());
    } else if (scope instanceof RuleScope.OfMonitor) {
      problems.check(
          aboutMonitors, "event", "on_down or on_recovery for a monitor", event.ruleName());
    }
  }

  void require(NotificationEvent event) {
    Problems.require(
        types.contains(event.ruleName()),
        "event",
        "one that was declared with Notifications.builder().event(...): " + types,
        event.ruleName());
  }
}
