package io.trigrun.workflow.internal.run;

import io.trigrun.Job;
import io.trigrun.Trigger;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.Host;
import io.trigrun.spi.MessageOutlet;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WakeResult;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteSet;
import io.trigrun.workflow.definition.Workflow;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The world around a run, as its host has it. */
final class RunWorld implements Surroundings {

  private final RunContext run;
  private final Runs runs;
  private final JsonNode trigger;
  private final int depth;
  private final Set<String> closed = new HashSet<>();
  private @Nullable JsonNode jobContext;

  /**
   * @param depth how many runs wait for it, one for another
   */
  RunWorld(RunContext run, Runs runs, JsonNode trigger, int depth) {
    this.run = run;
    this.runs = runs;
    this.trigger = trigger;
    this.depth = depth;
  }

  private Host host() {
    return runs.host();
  }

  @Override
  public UUID executionId() {
    return run.executionId();
  }

  @Override
  public String workspace() {
    return run.workspace();
  }

  @Override
  public String queue() {
    return run.claimed().execution().queue();
  }

  @Override
  public Instant scheduledFor() {
    return run.scheduledFor();
  }

  @Override
  public int attempt() {
    return run.attempt();
  }

  @Override
  public Optional<Job> job() {
    return run.job();
  }

  @Override
  public JsonNode trigger() {
    return trigger;
  }

  @Override
  public JsonNode jobContext() {
    JsonNode known = jobContext;
    if (known == null) {
      known = run.jobId().<JsonNode>map(runs.contexts()::read).orElseGet(Nodes::object);
      jobContext = known;
    }
    return known;
  }

  /** It was changed. */
  void jobContext(JsonNode values) {
    jobContext = values;
  }

  @Override
  public boolean knows(String handler) {
    return runs.functions().containsKey(handler);
  }

  @Override
  public Optional<Links> links(String waitKey, Optional<String> approver) {
    return runs.links().map(links -> links.of(run.executionId(), waitKey, approver));
  }

  @Override
  public String expire(String waitKey) {
    WakeResult result =
        host().store().wake(new WakeUp(run.executionId(), waitKey, WaitInput.EXPIRED, run.now()));
    closed.add(waitKey);
    return result instanceof WakeResult.Lost lost ? lost.winner().input() : WaitInput.EXPIRED;
  }

  /** The waits that {@link #expire} has ended by now: what woke them is not to be handed out. */
  Set<String> takeClosed() {
    Set<String> taken = Set.copyOf(closed);
    closed.clear();
    return taken;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public Optional<NewExecution> child(String name, JsonNode input, String waitKey) {
    return host()
        .workspace(run.workspace())
        .jobs()
        .findByName(name)
        .map(job -> child(job, input, waitKey));
  }

  private NewExecution child(Job job, JsonNode input, String waitKey) {
    ChildKey key = new ChildKey(run.executionId(), waitKey);
    Optional<String> payload =
        Optional.of(job.spec().action())
            .filter(ExtensionAction.class::isInstance)
            .map(ExtensionAction.class::cast)
            .filter(action -> action.handler().equals(Workflow.HANDLER))
            .map(action -> RunInput.write(action.document(), RunInput.trigger(input), depth + 1));
    return host()
        .runOf(
            job,
            Trigger.FOLLOW_UP,
            Optional.of(run.executionId()),
            Optional.of(key.uniqueKey()),
            payload)
        .withId(key.childId());
  }

  @Override
  public WriteSet cancel(Cancellation cancellation) {
    return RunCancellations.withDescendants(host().store(), cancellation);
  }

  @Override
  public Optional<MessageOutlet> messages() {
    return host().messages();
  }

  @Override
  public RandomGenerator random() {
    return ThreadLocalRandom.current();
  }
}
