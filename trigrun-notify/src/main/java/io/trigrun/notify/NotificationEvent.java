package io.trigrun.notify;

import io.trigrun.validation.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a {@link Rule} sends a message (rows N9 and N12): one of the constants, or an event of the
 * host's own. Immutable, equal by its name.
 */
public final class NotificationEvent {

  private static final Map<String, NotificationEvent> BUILT_IN = new LinkedHashMap<>();
  private static final Pattern OWN =
      Pattern.compile(
          "(?!on_|execution\\.|monitor\\.|channel\\.|flapping\\.|approval\\.|digest$)"
              + "[a-z][a-z0-9]*([._-][a-z0-9]+)*");
  private static final int LONGEST = 64;

  /** An execution has succeeded; {@code execution.succeeded}. */
  public static final NotificationEvent ON_SUCCESS = builtIn("on_success", "execution.succeeded");

  /** An execution has failed and no attempt is left; {@code execution.failed}. */
  public static final NotificationEvent ON_FAILURE = builtIn("on_failure", "execution.failed");

  /** An execution has succeeded or failed; {@code execution.completed}. */
  public static final NotificationEvent ON_COMPLETION =
      builtIn("on_completion", "execution.completed");

  /** An attempt has failed, whether another one follows or not; {@code execution.error}. */
  public static final NotificationEvent ON_ERROR = builtIn("on_error", "execution.error");

  /**
   * As {@link #ON_FAILURE}, in the word of schedule files and of {@link
   * io.trigrun.TriggerEvent#ON_RETRIES_EXHAUSTED}; {@code execution.retries_exhausted}.
   */
  public static final NotificationEvent ON_RETRIES_EXHAUSTED =
      builtIn("on_retries_exhausted", "execution.retries_exhausted");

  /** A monitor had no ping when one was due; {@code monitor.down}. */
  public static final NotificationEvent ON_DOWN = builtIn("on_down", "monitor.down");

  /** A monitor that was down has had a ping; {@code monitor.recovery}. */
  public static final NotificationEvent ON_RECOVERY = builtIn("on_recovery", "monitor.recovery");

  /** A run waits for somebody to approve or reject; {@code approval.required}. */
  public static final NotificationEvent ON_APPROVAL_REQUIRED =
      builtIn("on_approval_required", "approval.required");

  /**
   * A channel was disabled because it did not work ({@link AutoDisable}); {@code channel.disabled}.
   */
  public static final NotificationEvent ON_CHANNEL_DISABLED =
      builtIn("on_channel_disabled", "channel.disabled");

  /** A summary of a rule that collects; no rule can be about it. */
  static final NotificationEvent DIGEST = new NotificationEvent("digest", "digest");

  /** That ups and downs are not told any more; no rule can be about it. */
  static final NotificationEvent FLAPPING_STARTED =
      new NotificationEvent("flapping.started", "flapping.started");

  /** That it is steady again; no rule can be about it. */
  static final NotificationEvent FLAPPING_STOPPED =
      new NotificationEvent("flapping.stopped", "flapping.stopped");

  /** What a run has to say to a channel; no rule can be about it. */
  static final NotificationEvent MESSAGE = new NotificationEvent("message", "execution.message");

  private final String ruleName;
  private final String wireName;

  private NotificationEvent(String ruleName, String wireName) {
    this.ruleName = ruleName;
    this.wireName = wireName;
  }

  private static NotificationEvent builtIn(String ruleName, String wireName) {
    NotificationEvent event = new NotificationEvent(ruleName, wireName);
    BUILT_IN.put(ruleName, event);
    return event;
  }

  /** The library's own events. */
  public static List<NotificationEvent> builtIn() {
    return List.copyOf(BUILT_IN.values());
  }

  /** The word in rules: {@code on_failure}; the type itself of a host's own event. */
  public String ruleName() {
    return ruleName;
  }

  /** The word in messages: {@code execution.failed}; the type itself of a host's own event. */
  public String wireName() {
    return wireName;
  }

  /** Whether it is an event of the host's own. */
  public boolean isOwn() {
    return !BUILT_IN.containsKey(ruleName);
  }

  /**
   * An event of the host's own (row N12).
   *
   * @param type 1 to 64 lower case letters and digits, with single {@code . _ -} between them, a
   *     letter first; not one that begins like the library's own events: {@code run_failed}
   * @throws io.trigrun.validation.ValidationException for another form
   */
  public static NotificationEvent own(String type) {
    Problems.require(
        type.length() <= LONGEST && OWN.matcher(type).matches(),
        "event",
        "1 to 64 lower case letters, digits and single . _ - between them, unlike the library's own"
            + " events",
        type);
    return new NotificationEvent(type, type);
  }

  /**
   * The event of a {@link #ruleName()}, an event of the host's own included.
   *
   * @throws io.trigrun.validation.ValidationException if there can't be one
   */
  public static NotificationEvent of(String ruleName) {
    Optional<NotificationEvent> event = find(ruleName);
    Problems.require(
        event.isPresent(),
        "event",
        "one of " + BUILT_IN.keySet() + ", or one of your own",
        ruleName);
    return event.orElseThrow();
  }

  static Optional<NotificationEvent> find(String ruleName) {
    NotificationEvent builtIn = BUILT_IN.get(ruleName);
    if (builtIn != null) {
      return Optional.of(builtIn);
    }
    return ruleName.length() <= LONGEST && OWN.matcher(ruleName).matches()
        ? Optional.of(new NotificationEvent(ruleName, ruleName))
        : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NotificationEvent event && event.ruleName.equals(ruleName);
  }

  @Override
  public int hashCode() {
    return ruleName.hashCode();
  }

  @Override
  public String toString() {
    return ruleName;
  }
}
