package io.trigrun.workflow.internal.run;

import io.trigrun.Priority;
import io.trigrun.RetryPolicy;
import io.trigrun.Trigger;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.Host;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteSet;
import io.trigrun.workflow.definition.HandlerStep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Steps whose handler this node does not have. The run waits for a call: a small execution that,
 * like any job, only nodes with its handler can claim. One that can calls the run; until then
 * nobody looks at it.
 */
final class Absences {

  private static final String PREFIX = "trigrun.step.";
  private static final int LONGEST_NAME = 100;
  private static final int KEPT_OF_LONG_NAMES = 50;

  /**
   * When a node without the handler was faster than the one that had called, it leaves the others
   * this much of a start.
   */
  private static final Duration START = Duration.ofSeconds(1);

  private final Walk walk;

  Absences(Walk walk) {
    this.walk = walk;
  }

  /** Makes the first call. */
  Active begin(Active.Running attempt, HandlerStep step, Loops loops) {
    return call(step, loops, attempt.attempt - 1, attempt.failures, attempt.startedAt, walk.now());
  }

  /** Looks whether this node can go on with it; if not, whether another call has to be made. */
  Active goOn(Active.Absent absent, HandlerStep step, Loops loops) {
    String key = absent.waitKey(loops.key(step.id()));
    boolean isAnswered = walk.state.inbox.remove(key) != null;
    if (walk.world.knows(step.handler())) {
      if (!isAnswered) {
        walk.cancel(absent.executionId());
      }
      return new Active.Running(absent.attempt() + 1, absent.failures(), absent.startedAt());
    }
    if (isAnswered) {
      Instant later = walk.now().plus(START);
      return call(step, loops, absent.attempt(), absent.failures(), absent.startedAt(), later);
    }
    walk.agenda.waitsFor(key);
    return absent;
  }

  private Active call(
      HandlerStep step, Loops loops, int attempt, int failures, Instant startedAt, Instant at) {
    String stepKey = loops.key(step.id());
    // Counted for the whole run: what has woken it once cannot wake it again.
    int number = walk.state.renewals.merge("!" + stepKey, 1, Integer::sum);
    UUID run = walk.world.executionId();
    String key = Active.Absent.waitKey(stepKey, number);
    UUID id = new ChildKey(run, key).childId();
    walk.follow(WriteSet.enqueue(List.of(execution(id, step.handler(), key, at))));
    walk.agenda.waitsFor(key);
    return new Active.Absent(attempt, failures, startedAt, number, id);
  }

  private NewExecution execution(UUID id, String handler, String key, Instant at) {
    Surroundings world = walk.world;
    ObjectNode payload = Nodes.object();
    payload.put("execution", world.executionId().toString());
    payload.put("wait", key);
    return new NewExecution(
        id,
        world.workspace(),
        world.queue(),
        name(handler),
        Optional.empty(),
        Optional.of(world.executionId()),
        Optional.empty(),
        Trigger.SYSTEM,
        Priority.NORMAL,
        at,
        at,
        walk.now(),
        Optional.empty(),
        Optional.empty(),
        Nodes.write(payload));
  }

  /** What a node registers for each handler of steps that it has. */
  static HandlerRegistration registration(Host host, String handler) {
    return new HandlerRegistration(
        name(handler),
        WorkflowHandler.QUEUE,
        RetryPolicy.attempts(20),
        run -> {
          JsonNode payload = Nodes.read(run.claimed().execution().payload());
          host.store()
              .wake(
                  new WakeUp(
                      UUID.fromString(payload.path("execution").stringValue()),
                      payload.path("wait").stringValue(),
                      WaitInput.of(Nodes.nothing()),
                      run.now()));
          host.wakeUp();
          return CompletableFuture.completedFuture(HandlerResult.of(Outcome.succeeded()));
        });
  }

  private static String name(String handler) {
    String name = PREFIX + handler;
    return name.length() <= LONGEST_NAME
        ? name
        : PREFIX
            + handler.substring(0, KEPT_OF_LONG_NAMES)
            + "."
            + UUID.nameUUIDFromBytes(handler.getBytes(StandardCharsets.UTF_8));
  }
}
