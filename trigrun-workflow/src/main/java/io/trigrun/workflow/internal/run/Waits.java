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

  private static final int LONGEST_INPUT = 256 * 1024;

  private final Machine machine;

  Waits(Machine machine) {
    this.machine = machine;
  }

  Active open(WaitStep step) {
    return new Active.Open(machine.now(), expiresAt(step));
  }

  private Optional<Instant> expiresAt(Step step) {
    return step.options().timeout().map(time -> machine.now().plus(time));
  }

  Active ask(ApprovalStep step, Loops loops) {
    RunScope scope = machine.scope(loops);
    String title = step.title().isEmpty() ? step.id() : machine.plan.render(step.title(), scope);
    Map<String, String> fields = new LinkedHashMap<>();
    step.reviewFields().forEach((name, text) -> fields.put(name, machine.plan.render(text, scope)));
    Active.Asking asking =
        new Active.Asking(
            machine.now(),
            expiresAt(step),
            title,
            machine.plan.render(step.message(), scope),
            fields);
    machine
        .world
        .messages()
        .ifPresent(outlet -> machine.follow(tellOf(outlet, step, asking, loops)));
    return asking;
  }

  private WriteSet tellOf(
      MessageOutlet outlet, ApprovalStep step, Active.Asking asking, Loops loops) {
    String waitKey = waitKey(step, loops);
    List<MessageOutlet.Reviewer> reviewers = new ArrayList<>();
    for (int i = 0; i < Math.max(1, step.approvers().size()); i++) {
      Optional<String> name =
          step.approvers().isEmpty() ? Optional.empty() : Optional.of(step.approvers().get(i));
      machine
          .world
          .links(keys(step, waitKey).get(i), name)
          .ifPresent(links -> reviewers.add(new MessageOutlet.Reviewer(name, links.reviewUrl())));
    }
    return outlet.approvalRequired(
        new MessageOutlet.ApprovalRequest(
            machine.world.executionId() + "/" + waitKey,
            machine.world.executionId(),
            machine.world.job(),
            machine.world.workspace(),
            step.id(),
            asking.title(),
            asking.message(),
            asking.fields(),
            reviewers,
            machine.now(),
            asking.expiresAt().orElse(machine.state.deadline)));
  }

  private String waitKey(Step step, Loops loops) {
    return machine.waitKey(step, loops);
  }

  /** One for whoever has the link, or one for each approver. */
  static List<String> keys(ApprovalStep step, String waitKey) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < step.approvers().size(); i++) {
      keys.add(waitKey + "/" + i);
    }
    return keys.isEmpty() ? List.of(waitKey) : keys;
  }

  Optional<StepEnd> goOn(Sequence sequence, Step step, Loops loops) {
    Active active = sequence.active;
    String waitKey = waitKey(step, loops);
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
    String text = machine.state.inbox.get(waitKey);
    if (text == null && expiresAt.filter(at -> !machine.now().isBefore(at)).isPresent()) {
      text = machine.expire(waitKey);
    }
    if (text == null) {
      machine.waitsFor(waitKey);
      expiresAt.ifPresent(machine::dueAt);
      return Optional.empty();
    }
    machine.state.inbox.remove(waitKey);
    return Optional.of(Nodes.read(text));
  }

  private static StepEnd received(JsonNode input) {
    JsonNode value = WaitInput.value(input).orElseGet(Nodes::nothing);
    return Nodes.write(value).length() > LONGEST_INPUT
        ? StepEnd.failed(
            "INPUT_TOO_LARGE",
            "expected a callback of at most 262,144 characters of JSON, got a longer one")
        : StepEnd.succeeded(value);
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
    boolean isLate = asking.expiresAt().filter(at -> !machine.now().isBefore(at)).isPresent();
    if (votes(step, keys).isOpen() && !isLate) {
      keys.stream().filter(key -> !machine.state.inbox.containsKey(key)).forEach(machine::waitsFor);
      asking.expiresAt().ifPresent(machine::dueAt);
      return Optional.empty();
    }
    // Who votes from here on is told so; who was faster than this is counted.
    for (String key : keys) {
      if (!machine.state.inbox.containsKey(key)) {
        machine.state.inbox.put(key, machine.expire(key));
      }
    }
    StepEnd end = votes(step, keys).end(machine.now());
    keys.forEach(machine.state.inbox::remove);
    return Optional.of(end);
  }

  private Votes votes(ApprovalStep step, List<String> keys) {
    Votes votes = new Votes(step);
    for (int i = 0; i < keys.size(); i++) {
      String text = machine.state.inbox.get(keys.get(i));
      if (text != null) {
        votes.add(i, Nodes.read(text));
      }
    }
    return votes;
  }

  Optional<StepEnd> start(Sequence sequence, RunJobStep step, Loops loops) {
    if (machine.world.depth() >= DEEPEST) {
      return Optional.of(
          StepEnd.failed(
              "NESTED_TOO_DEEP",
              "expected at most %d runs that start one another, got more".formatted(DEEPEST)));
    }
    JsonNode input = machine.plan.render(step.input(), machine.scope(loops));
    String waitKey = waitKey(step, loops);
    Optional<NewExecution> child = machine.child(step.job(), input, waitKey);
    if (child.isEmpty()) {
      return Optional.of(
          StepEnd.failed(
              "NO_SUCH_JOB", "expected a job named " + step.job() + " in the workspace, got none"));
    }
    machine.follow(WriteSet.enqueue(List.of(child.get())));
    if (!step.waits()) {
      ObjectNode output = Nodes.object();
      output.put("execution_id", child.get().id().toString());
      return Optional.of(StepEnd.succeeded(output));
    }
    sequence.active = new Active.Child(machine.now(), child.get().id(), expiresAt(step));
    return goOn(sequence, step, loops);
  }

  private StepEnd childEnd(RunJobStep step, Active.Child child, JsonNode input) {
    if (WaitInput.isExpiry(input)) {
      machine.cancel(child);
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
    Optional<MessageOutlet> outlet = machine.world.messages();
    if (outlet.isEmpty()) {
      return StepEnd.failed(
          "NO_NOTIFICATIONS",
          "expected a TrigRun with notifications, got one without:"
              + " add TrigRunBuilder.extension(Notifications.create())");
    }
    RunScope scope = machine.scope(loops);
    try {
      machine.follow(
          outlet
              .get()
              .message(
                  new MessageOutlet.ChannelMessage(
                      machine.world.executionId() + "/" + waitKey(step, loops),
                      machine.world.workspace(),
                      machine.world.executionId(),
                      machine.world.job(),
                      step.channel(),
                      machine.plan.render(step.title(), scope),
                      machine.plan.render(step.text(), scope),
                      Map.of(),
                      machine.now())));
      return StepEnd.succeeded(Nodes.nothing());
    } catch (NotFoundException e) {
      return StepEnd.failed("NO_SUCH_CHANNEL", String.valueOf(e.getMessage()));
    }
  }
}
