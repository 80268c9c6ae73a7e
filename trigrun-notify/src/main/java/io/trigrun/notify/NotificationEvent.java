package io.trigrun.notify;

import io.trigrun.validation.Problems;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** When a {@link Rule} sends a message (row N9). */
public enum NotificationEvent {
  /** An execution has succeeded; {@code execution.succeeded}. */
  ON_SUCCESS("execution.succeeded"),
  /** An execution has failed and no attempt is left; {@code execution.failed}. */
  ON_FAILURE("execution.failed"),
  /** An execution has succeeded or failed; {@code execution.completed}. */
  ON_COMPLETION("execution.completed"),
  /** An attempt has failed, whether another one follows or not; {@code execution.error}. */
  ON_ERROR("execution.error");

  private final String wireName;

  NotificationEvent(String wireName) {
    this.wireName = wireName;
  }

  /** The word in rules: {@code on_failure}. */
  public String ruleName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word in messages: {@code execution.failed}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The event of a {@link #ruleName()}.
   *
   * @throws io.trigrun.validation.ValidationException if there is none
   */
  public static NotificationEvent of(String ruleName) {
    Optional<NotificationEvent> event = find(ruleName);
    Problems.require(
        event.isPresent(),
        "event",
        "one of " + Arrays.stream(values()).map(NotificationEvent::ruleName).toList(),
        ruleName);
    return event.orElseThrow();
  }

  static Optional<NotificationEvent> find(String ruleName) {
    return Arrays.stream(values()).filter(e -> e.ruleName().equals(ruleName)).findFirst();
  }
}
