package io.trigrun.notify;

import io.trigrun.TriggerEvent;
import io.trigrun.spi.AttemptEnd;
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
    return end.events().stream().map(Happening::of).toList();
  }

  private static Happening of(TriggerEvent event) {
    return switch (event) {
      case ON_ERROR -> ATTEMPT_FAILED;
      case ON_SUCCESS -> SUCCEEDED;
      case ON_RETRIES_EXHAUSTED -> FAILED;
    };
  }
}
