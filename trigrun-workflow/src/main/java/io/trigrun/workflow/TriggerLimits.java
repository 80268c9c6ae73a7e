package io.trigrun.workflow;

import io.trigrun.validation.Problems;
import java.time.Duration;

/**
 * What one node takes of deliveries at most.
 *
 * @param bodyBytes of a body, 1 to 16 MiB; 1 MiB by default. The adapter to the web server has a
 *     limit of its own
 * @param deliveries how many for one token may come at once, 1 to 1,000,000; 300 by default
 * @param deliveryEvery how often after that, 1 ms to 1 h; 20 a second by default
 * @param failures how many from one network may fail at once, 1 to 1,000,000; 30 by default. A
 *     token that nobody has is a failure
 * @param failureEvery how often after that, 1 ms to 1 h; every 2 s by default
 */
public record TriggerLimits(
    int bodyBytes, int deliveries, Duration deliveryEvery, int failures, Duration failureEvery) {

  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST = 1_000_000;
  private static final Duration LONGEST = Duration.ofHours(1);

  /** See the class for the ranges. */
  public TriggerLimits {
    Problems problems = new Problems();
    problems.check(
        bodyBytes >= 1 && bodyBytes <= MOST_BYTES, "body_bytes", "1 to " + MOST_BYTES, bodyBytes);
    checkCount("deliveries", deliveries, problems);
    checkPace("delivery_every", deliveryEvery, problems);
    checkCount("failures", failures, problems);
    checkPace("failure_every", failureEvery, problems);
    problems.throwIfAny();
  }

  /** See the class. */
  public static TriggerLimits defaults() {
    return new TriggerLimits(1 << 20, 300, Duration.ofMillis(50), 30, Duration.ofSeconds(2));
  }

  /** The same with another limit for bodies. */
  public TriggerLimits withBodyBytes(int value) {
    return new TriggerLimits(value, deliveries, deliveryEvery, failures, failureEvery);
  }

  /** The same with another limit for deliveries to one token. */
  public TriggerLimits withDeliveries(int atOnce, Duration every) {
    return new TriggerLimits(bodyBytes, atOnce, every, failures, failureEvery);
  }

  /** The same with another limit for failures from one network. */
  public TriggerLimits withFailures(int atOnce, Duration every) {
    return new TriggerLimits(bodyBytes, deliveries, deliveryEvery, atOnce, every);
  }

  private static void checkCount(String field, int value, Problems problems) {
    problems.check(value >= 1 && value <= MOST, field, "1 to " + MOST, value);
  }

  private static void checkPace(String field, Duration value, Problems problems) {
    problems.check(
        value.toMillis() >= 1 && value.compareTo(LONGEST) <= 0, field, "1 ms to 1 h", value);
  }
}
