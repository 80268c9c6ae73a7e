package io.trigrun.notify;

import io.trigrun.AttemptStatus;
import io.trigrun.ExecutionState;
import io.trigrun.spi.AttemptEnd;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that a channel hears of at most once.
 *
 * @param word tells the happenings of one attempt apart
 * @param events the names it goes by, the most specific first
 */
record Happening(String word, List<NotificationEvent> events) {

  private static final Happening ATTEMPT_FAILED =
      new Happening("error", List.of(NotificationEvent.ON_ERROR));
  private static final Happening SUCCEEDED =
      new Happening("end", List.of(NotificationEvent.ON_SUCCESS, NotificationEvent.ON_COMPLETION));
  private static final Happening FAILED =
      new Happening(
          "end",
          List.of(
              NotificationEvent.ON_FAILURE,
              NotificationEvent.ON_RETRIES_EXHAUSTED,
              NotificationEvent.ON_COMPLETION));

  /** What the end of an attempt means: the attempt failed, the execution ended, both or neither. */
  static List<Happening> of(AttemptEnd end) {
    ExecutionState state = end.execution().state();
    List<Happening> all = new ArrayList<>(2);
    boolean attemptFailed =
        end.attempt().filter(attempt -> attempt.status() != AttemptStatus.SUCCESS).isPresent();
    if (attemptFailed && state != ExecutionState.CANCELLED) {
      all.add(ATTEMPT_FAILED);
    }
    if (state == ExecutionState.SUCCEEDED) {
      all.add(SUCCEEDED);
    } else if (state == ExecutionState.FAILED) {
      all.add(FAILED);
    }
    return all;
  }
}
