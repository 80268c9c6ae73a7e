package io.trigrun;

import io.trigrun.spi.UniqueKey;
import io.trigrun.validation.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Work to be done once by a handler, without a job. Immutable; start with {@link #of}.
 *
 * @param handler the name it is registered under
 * @param payload an object that the TrigRun's codec can write, or a {@link Json} text
 * @param at when to run; empty for now
 * @param delay how much later than now; only without {@code at}
 * @param priority which goes first of those that are due
 * @param queue what it shares permits with; empty for the handler's default
 * @param uniqueKey refuses a second execution of the same key
 */
public record ExecutionRequest(
    String handler,
    Object payload,
    Optional<Instant> at,
    Optional<Duration> delay,
    Priority priority,
    Optional<String> queue,
    Optional<UniqueKey> uniqueKey) {

  public ExecutionRequest {
    HandlerNames.requireOfHost(handler);
    Problems.require(
        delay.isEmpty() || !delay.get().isNegative(),
        "delay",
        "0 s or more",
        delay.map(Object::toString).orElse(""));
    Problems.require(
        at.isEmpty() || delay.isEmpty(), "delay", "either an instant or a delay", "both");
  }

  /** Work to be done now. */
  public static ExecutionRequest of(String handler, Object payload) {
    return new ExecutionRequest(
        handler,
        payload,
        Optional.empty(),
        Optional.empty(),
        Priority.NORMAL,
        Optional.empty(),
        Optional.empty());
  }

  /** Runs at an instant, within 100 years; one that is past means now. */
  public ExecutionRequest at(Instant instant) {
    return new ExecutionRequest(
        handler, payload, Optional.of(instant), delay, priority, queue, uniqueKey);
  }

  /** Runs that much later than it is enqueued: 0 s to 100 years. */
  public ExecutionRequest delay(Duration wait) {
    return new ExecutionRequest(
        handler, payload, at, Optional.of(wait), priority, queue, uniqueKey);
  }

  public ExecutionRequest priority(Priority value) {
    return new ExecutionRequest(handler, payload, at, delay, value, queue, uniqueKey);
  }

  public ExecutionRequest queue(String name) {
    return new ExecutionRequest(
        handler, payload, at, delay, priority, Optional.of(name), uniqueKey);
  }

  /**
   * Is enqueued only if no execution with this key is known, be it live or finished and not yet
   * purged.
   */
  public ExecutionRequest uniqueKey(String key) {
    return new ExecutionRequest(
        handler, payload, at, delay, priority, queue, Optional.of(UniqueKey.whileKept(key)));
  }

  /** Is enqueued only if no execution with this key is live. */
  public ExecutionRequest uniqueWhileLive(String key) {
    return new ExecutionRequest(
        handler,
        payload,
        at,
        delay,
        priority,
        queue,
        Optional.of(new UniqueKey(key, UniqueKey.Scope.WHILE_LIVE)));
  }
}
