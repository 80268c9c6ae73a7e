package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Waits, holding neither a thread nor a connection (row W11). */
public record DelayStep(String id, Until until, StepOptions options) implements Step {

  /** How long. */
  public sealed interface Until {

    static Until after(Duration time) {
      return new After(time);
    }

    static Until at(String instant) {
      return new At(instant);
    }
  }

  /**
   * A time from when the step begins.
   *
   * @param time 1 ms to 366 days
   */
  public record After(Duration time) implements Until {
    public After {
      Problems.require(
          time.toMillis() >= 1 && time.compareTo(Duration.ofDays(366)) <= 0,
          "for_seconds",
          "more than 0 and at most 366 days",
          time);
    }
  }

  /**
   * An instant. One that has passed is no wait.
   *
   * @param instant as ISO 8601 has it, {@code 2026-03-16T10:00:00Z}, or a placeholder
   */
  public record At(String instant) implements Until {
    public At {
      StepRules.requireText("until", instant, 500);
      Problems.require(
          instant.contains("{{") || isInstant(instant),
          "until",
          "an instant such as 2026-03-16T10:00:00Z, or a placeholder",
          instant);
    }

    private static boolean isInstant(String text) {
      try {
        return Instant.parse(text).isAfter(Instant.MIN);
      } catch (DateTimeParseException e) {
        return false;
      }
    }
  }

  public DelayStep {
    StepRules.requireId(id);
  }

  @Override
  public String type() {
    return "delay";
  }

  @Override
  public DelayStep with(StepOptions value) {
    return new DelayStep(id, until, value);
  }
}
