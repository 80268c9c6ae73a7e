package io.trigrun.monitor;

import io.trigrun.Labels;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * What a host says about a monitor. Immutable.
 *
 * <pre>{@code
 * MonitorSpec.of("nightly-backup", Duration.ofDays(1)).withGrace(Duration.ofMinutes(30));
 * }</pre>
 *
 * @param name unique within the workspace, 1 to 200 characters without control characters
 * @param expectedInterval how far pings are apart: whole seconds, 1 s to 366 days
 * @param grace how much later a ping may come before the monitor goes down: whole seconds, 0 to 366
 *     days
 * @param labels what it belongs to, for rules about many monitors
 */
public record MonitorSpec(String name, Duration expectedInterval, Duration grace, Labels labels) {

  /** The grace of those that say nothing else. */
  public static final Duration DEFAULT_GRACE = Duration.ofMinutes(1);

  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LONGEST_NAME = 200;

  /**
   * Checks all of it.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code name}, {@code
   *     expected_interval_sec} or {@code grace_seconds}, all that are wrong
   */
  public MonitorSpec {
    Problems problems = new Problems();
    problems.check(
        !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.chars().noneMatch(Character::isISOControl),
        "name",
        "1 to 200 characters without control characters",
        name);
    StorableText.problem(name, "name").ifPresent(problems::add);
    problems.check(
        isWholeSeconds(expectedInterval, Duration.ofSeconds(1)),
        "expected_interval_sec",
        "whole seconds, 1 s to 366 days",
        expectedInterval);
    problems.check(
        isWholeSeconds(grace, Duration.ZERO),
        "grace_seconds",
        "whole seconds, 0 to 366 days",
        grace);
    problems.throwIfAny();
  }

  /** Without labels. Throws as {@link #MonitorSpec(String, Duration, Duration, Labels)}. */
  public MonitorSpec(String name, Duration expectedInterval, Duration grace) {
    this(name, expectedInterval, grace, Labels.none());
  }

  private static boolean isWholeSeconds(Duration value, Duration least) {
    return value.compareTo(least) >= 0
        && value.compareTo(LONGEST) <= 0
        && value.equals(value.truncatedTo(ChronoUnit.SECONDS));
  }

  /** A monitor with a grace of 1 minute. Throws as the constructor. */
  public static MonitorSpec of(String name, Duration expectedInterval) {
    return new MonitorSpec(name, expectedInterval, DEFAULT_GRACE);
  }

  /** The same with another grace. Throws as the constructor. */
  public MonitorSpec withGrace(Duration value) {
    return new MonitorSpec(name, expectedInterval, value, labels);
  }

  /** The same with other labels. */
  public MonitorSpec withLabels(String... names) {
    return withLabels(Labels.of(names));
  }

  /** The same with other labels. */
  public MonitorSpec withLabels(Labels value) {
    return new MonitorSpec(name, expectedInterval, grace, value);
  }
}
