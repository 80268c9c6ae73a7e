package io.trigrun.notify;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a job or monitor stands, as far as what happened to it tells. */
enum Standing {
  UP,
  DOWN;

  private static final Set<NotificationEvent> OF_JOBS =
      Set.of(
          NotificationEvent.ON_SUCCESS,
          NotificationEvent.ON_FAILURE,
          NotificationEvent.ON_RETRIES_EXHAUSTED,
          NotificationEvent.ON_COMPLETION);
  private static final Set<NotificationEvent> OF_MONITORS =
      Set.of(NotificationEvent.ON_DOWN, NotificationEvent.ON_RECOVERY);

  /** After what goes by these names; empty if it says nothing about that. */
  static Optional<Standing> after(List<NotificationEvent> names) {
    if (names.contains(NotificationEvent.ON_SUCCESS)
        || names.contains(NotificationEvent.ON_RECOVERY)) {
      return Optional.of(UP);
    }
    return names.contains(NotificationEvent.ON_FAILURE) || names.contains(NotificationEvent.ON_DOWN)
        ? Optional.of(DOWN)
        : Optional.empty();
  }

  /** Whether a rule for the event tells of ups and downs. */
  static boolean isToldBy(NotificationEvent event) {
    return OF_JOBS.contains(event) || OF_MONITORS.contains(event);
  }

  /** Whether a rule for the event tells of ups and downs of the kind that has these names. */
  static boolean isToldBy(NotificationEvent event, List<NotificationEvent> names) {
    return (OF_JOBS.contains(event) && names.stream().anyMatch(OF_JOBS::contains))
        || (OF_MONITORS.contains(event) && names.stream().anyMatch(OF_MONITORS::contains));
  }
}
