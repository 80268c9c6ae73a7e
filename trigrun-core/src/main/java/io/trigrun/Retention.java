package io.trigrun;

import io.trigrun.validation.Problems;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How long executions that have ended are remembered, with their attempts and unique keys (row
 * S27). Immutable.
 *
 * <pre>{@code
 * Retention.builder()
 *     .succeeded(Duration.ofDays(7))
 *     .failed(Duration.ofDays(90))
 *     .queue("http", Retention.all(Duration.ofDays(1)))
 *     .build();
 * }</pre>
 */
public final class Retention {

  /** Longer than anybody asks: what is kept for so long is not looked for. */
  public static final Duration FOREVER = Duration.ofDays(36_525);

  private static final Duration STANDARD = Duration.ofDays(30);

  private final Map<ExecutionState, Duration> ages;
  private final Map<String, Retention> queues;

  private Retention(Map<ExecutionState, Duration> ages, Map<String, Retention> queues) {
    this.ages = Map.copyOf(ages);
    this.queues = Map.copyOf(queues);
  }

  /** Everything for 30 days: the default. */
  public static Retention standard() {
    return all(STANDARD);
  }

  /** Everything, for ever. */
  public static Retention forever() {
    return all(FOREVER);
  }

  /** Everything for the same time. */
  public static Retention all(Duration age) {
    return builder().succeeded(age).failed(age).cancelled(age).build();
  }

  /** Starts from {@link #standard()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** How long executions of a queue are remembered that ended in a state. */
  public Duration of(String queue, ExecutionState state) {
    Problems.require(state.isFinal(), "state", "a final state", state);
    Retention own = queues.getOrDefault(queue, this);
    return own.ages.getOrDefault(state, FOREVER);
  }

  /** The queues it says something of its own about. */
  public Set<String> queues() {
    return queues.keySet();
  }

  /** Builds a {@link Retention}. Not thread-safe. */
  public static final class Builder {

    private final Map<ExecutionState, Duration> ages = new EnumMap<>(ExecutionState.class);
    private final Map<String, Retention> queues = new LinkedHashMap<>();

    private Builder() {
      succeeded(STANDARD).failed(STANDARD).cancelled(STANDARD);
    }

    /** Those that SUCCEEDED. 0 s to {@link #FOREVER}. */
    public Builder succeeded(Duration age) {
      return age("retention.succeeded", ExecutionState.SUCCEEDED, age);
    }

    /** Those that FAILED. 0 s to {@link #FOREVER}. */
    public Builder failed(Duration age) {
      return age("retention.failed", ExecutionState.FAILED, age);
    }

    /** Those that were CANCELLED. 0 s to {@link #FOREVER}. */
    public Builder cancelled(Duration age) {
      return age("retention.cancelled", ExecutionState.CANCELLED, age);
    }

    private Builder age(String field, ExecutionState state, Duration age) {
      Problems.require(
          !age.isNegative() && age.compareTo(FOREVER) <= 0, field, "0 s to 100 years", age);
      ages.put(state, age);
      return this;
    }

    /** What holds for one queue instead. */
    public Builder queue(String name, Retention own) {
      HandlerNames.require("retention.queue", name);
      Problems.require(
          own.queues.isEmpty(), "retention.queue." + name, "ages only", own.queues.keySet());
      queues.put(name, own);
      return this;
    }

    public Retention build() {
      return new Retention(ages, queues);
    }
  }
}
