package io.trigrun.workflow.internal.run;

import io.trigrun.NotFoundException;
import io.trigrun.spi.MessageOutlet;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteSet;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.NotifyStep;
import io.trigrun.workflow.definition.OnTimeout;
import io.trigrun.workflow.definition.RunJobStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.WaitStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Steps that wait for somebody: callers, people, other runs. */
final class Waits {

  /** How far workflows may run one another: one that runs itself must come to an end. */
  private static final int DEEPEST = 10;

  private final Walk walk;

  Waits(Walk walk) {
    this.walk = walk;
  }

  Active open(WaitStep step) {
    return new Active.Open(walk.now(), expiresAt(step));
  }

  private Optional<Instant> expiresAt(Step step) {
    return step.options().timeout().map(time -> walk.now().plus(time));
  }

  Active ask(ApprovalStep step, Loops loops) {
    RunScope scope = walk.scope(loops);
    String title = step.title().isEmpty() ? step.id() : walk.plan.render(step.title(), scope);
    Map<String, String> fields = new LinkedHashMap<>();
    step.reviewFields().forEach((name, text) -> fields.put(name, walk.plan.render(text, scope)));
    Active.Asking asking =
        new Active.Asking(
            walk.now(), expiresAt(step), title, walk.plan.render(step.message(), scope), fields);
    walk.world.messages().ifPresent(outlet -> walk.follow(tellOf(outlet, step, asking, loops)));
    return asking;
  }

  private WriteSet tellOf(
      MessageOutlet outlet, ApprovalStep step, Active.Asking asking, Loops loops) {
    String waitKey = walk.waitKey(step, loops);
    List<MessageOutlet.Reviewer> reviewers = new ArrayList<>();
    for (int i = 0; i < Math.max(1, step.approvers().size()); i++) {
      Optional<String> name =
          step.approvers().isEmpty() ? Optional.empty() : Optional.of(step.approvers().get(i));
      walk.world
          .links(keys(step, waitKey).get(i), name)
          .ifPresent(links -> reviewers.add(new MessageOutlet.Reviewer(name, links.reviewUrl())));
    }
    return outlet.approvalRequired(
        new MessageOutlet.ApprovalRequest(
            walk.world.executionId() + "/" + waitKey,
            walk.world.executionId(),
            walk.world.job(),
            walk.world.workspace(),
            step.id(),
            asking.title(),
            asking.message(),
            asking.fields(),
            reviewers,
            walk.now(),
            asking.expiresAt().orElse(walk.state.deadline)));
  }

  /** One for whoever has the link, or one for each approver. */
  static List<String> keys(Step step, String waitKey) {
    List<String> keys = new ArrayList<>();
    if (step instanceof ApprovalStep approval) {
      for (int i = 0; i < approval.approvers().size(); i++) {
        keys.add(waitKey + "/" + i);
      }
    }
    return keys.isEmpty() ? List.of(waitKey) : keys;
  }

  Optional<StepEnd> goOn(Sequence sequence, Step step, Loops loops) {
    Active active = sequence.active;
    String waitKey = walk.waitKey(step, loops);
    if (active instanceof Active.Open open) {
      return input(waitKey, open.expiresAt())
          .map(input -> WaitInput.isExpiry(input) ? expired((WaitStep) step) : received(input));
    }
    if (active instanceof Active.Asking asking) {
      return decision((ApprovalStep) step, asking, waitKey);
    }
    Active.Child child = (Active.Child) java.util.Objects.requireNonNull(active);
    return input(waitKey, child.expiresAt())
        .map(input -> childEnd((RunJobStep) step, child, input));
  }

  /** What has woken a wait, once and for all; empty while it goes on. */
  private Optional<JsonNode> input(String waitKey, Optional<Instant> expiresAt) {
    String text = walk.state.inbox.get(waitKey);
    if (text == null && expiresAt.filter(at -> !walk.now().isBefore(at)).isPresent()) {
      text = walk.world.expire(waitKey);
    }
    if (text == null) {
      walk.agenda.waitsFor(waitKey);
      expiresAt.ifPresent(walk.agenda::dueAt);
      return Optional.empty();
    }
    walk.state.inbox.remove(waitKey);
    return Optional.of(Nodes.read(text));
  }

  private static StepEnd received(JsonNode input) {
    return StepEnd.succeeded(WaitInput.value(input).orElseGet(Nodes::nothing));
  }

  private static StepEnd expired(WaitStep step) {
    return step.onTimeout() instanceof OnTimeout.Continue value
        ? StepEnd.succeeded(Nodes.read(value.value().text()))
        : StepEnd.failed(
            StepEnd.Status.EXPIRED,
            Nodes.nothing(),
            StepFailure.of("WAIT_EXPIRED", "nobody has posted to its resume_url in time"));
  }

  private Optional<StepEnd> decision(ApprovalStep step, Active.Asking asking, String waitKey) {
    List<String> keys = keys(step, waitKey);
    boolean isLate = asking.expiresAt().filter(at -> !walk.now().isBefore(at)).isPresent();
    if (votes(step, keys).isOpen() && !isLate) {
      keys.stream()
          .filter(key -> !walk.state.inbox.containsKey(key))
          .forEach(walk.agenda::waitsFor);
      asking.expiresAt().ifPresent(walk.agenda::dueAt);
      return Optional.empty();
    }
    // Who votes from here on is told so; who was faster than this is counted.
    keys.forEach(key -> walk.state.inbox.computeIfAbsent(key, walk.world::expire));
    StepEnd end = votes(step, keys).end(walk.now());
    keys.forEach(walk.state.inbox::remove);
    return Optional.of(end);
  }

  /** How a wait has ended that is closed: by an answer, or votes that decide; empty if by none. */
  Optional<StepEnd> answer(Step step, List<String> keys) {
    if (step instanceof ApprovalStep approval) {
      Votes votes = votes(approval, keys);
      return votes.isOpen() ? Optional.empty() : Optional.of(votes.end(walk.now()));
    }
    return Optional.ofNullable(walk.state.inbox.get(keys.get(0)))
        .map(Nodes::read)
        .filter(input -> !WaitInput.isExpiry(input))
        .map(Waits::received);
  }

  private Votes votes(ApprovalStep step, List<String> keys) {
    Votes votes = new Votes(step);
    for (int i = 0; i < keys.size(); i++) {
      String text = walk.state.inbox.get(keys.get(i));
      if (text != null) {
        votes.add(i, Nodes.read(text));
      }
    }
    return votes;
  }

  Optional<StepEnd> start(Sequence sequence, RunJobStep step, Loops loops) {
    if (walk.world.depth() >= DEEPEST) {
      return Optional.of(
          StepEnd.failed(
              "NESTED_TOO_DEEP",
              "expected at most %d runs that start one another, got more".formatted(DEEPEST)));
    }
    JsonNode input = walk.plan.render(step.input(), walk.scope(loops));
    String waitKey = walk.waitKey(step, loops);
    Optional<NewExecution> child = walk.world.child(step.job(), input, waitKey);
    if (child.isEmpty()) {
      return Optional.of(
          StepEnd.failed(
              "NO_SUCH_JOB", "expected a job named " + step.job() + " in the workspace, got none"));
    }
    walk.follow(WriteSet.enqueue(List.of(child.get())));
    if (!step.waits()) {
      ObjectNode output = Nodes.object();
      output.put("execution_id", child.get().id().toString());
      return Optional.of(StepEnd.succeeded(output));
    }
    sequence.active = new Active.Child(walk.now(), child.get().id(), expiresAt(step));
    return goOn(sequence, step, loops);
  }

  private StepEnd childEnd(RunJobStep step, Active.Child child, JsonNode input) {
    if (WaitInput.isExpiry(input)) {
      walk.cancel(child.executionId());
      return StepEnd.failed(
          StepEnd.Status.EXPIRED,
          Nodes.nothing(),
          StepFailure.of("WAIT_EXPIRED", "the run of " + step.job() + " has not ended in time"));
    }
    JsonNode end = WaitInput.value(input).orElseGet(Nodes::nothing);
    if (end.path("succeeded").booleanValue(false)) {
      return StepEnd.succeeded(end.optional("output").orElseGet(Nodes::nothing));
    }
    return StepEnd.failed(
        "RUN_FAILED",
        "run %s of %s has failed: %s: %s"
            .formatted(
                child.executionId(),
                step.job(),
                end.path("class").asString(""),
                end.path("message").asString("")));
  }

  StepEnd tell(NotifyStep step, Loops loops) {
    Optional<MessageOutlet> outlet = walk.world.messages();
    if (outlet.isEmpty()) {
      return StepEnd.failed(
          "NO_NOTIFICATIONS",
          "expected a TrigRun with notifications, got one without:"
              + " add TrigRunBuilder.extension(Notifications.create())");
    }
    RunScope scope = walk.scope(loops);
    try {
      walk.follow(
          outlet
              .get()
              .message(
                  new MessageOutlet.ChannelMessage(
                      walk.world.executionId() + "/" + walk.waitKey(step, loops),
                      walk.world.workspace(),
                      walk.world.executionId(),
                      walk.world.job(),
                      step.channel(),
                      walk.plan.render(step.title(), scope),
                      walk.plan.render(step.text(), scope),
                      Map.of(),
                      walk.now())));
      return StepEnd.succeeded(Nodes.nothing());
    } catch (NotFoundException e) {
      return StepEnd.failed("NO_SUCH_CHANNEL", String.valueOf(e.getMessage()));
    }
  }
}
