package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.internal.run.Active.FanBranch;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link RunState} as the checkpoint of its execution, and back. Short names: it is written
 * often.
 */
final class StateJson {

  private StateJson() {}

  static String write(RunState state) {
    ObjectNode node = Nodes.object();
    node.put("started", state.startedAt.toString());
    node.put("deadline", state.deadline.toString());
    Instant parked = state.parkedAt;
    if (parked != null) {
      node.put("parked", parked.toString());
    }
    if (state.generation > 0) {
      node.put("generation", state.generation);
    }
    if (!state.renewals.isEmpty()) {
      ObjectNode renewals = node.putObject("renewals");
      state.renewals.forEach(renewals::put);
    }
    node.put("journal", state.journal);
    RunState.End end = state.end;
    if (end != null) {
      node.put("end", end.name().toLowerCase(Locale.ROOT));
    }
    if (state.isClosing) {
      node.set("closing", closing(state));
    }
    if (!state.context.isEmpty()) {
      node.set("context", state.context);
    }
    if (!state.results.isEmpty()) {
      ObjectNode results = node.putObject("results");
      state.results.forEach(results::set);
    }
    if (!state.inbox.isEmpty()) {
      ObjectNode inbox = node.putObject("inbox");
      state.inbox.forEach(inbox::put);
    }
    if (!state.givenUp.isEmpty()) {
      ObjectNode givenUp = node.putObject("given_up");
      state.givenUp.forEach((key, since) -> givenUp.put(key, since.toString()));
    }
    node.set("root", sequence(state.root));
    return Nodes.write(node);
  }

  private static ObjectNode closing(RunState state) {
    ObjectNode node = Nodes.object();
    node.set("output", state.output);
    failure(state.failure, node);
    return node;
  }

  private static void failure(@Nullable StepFailure failure, ObjectNode node) {
    if (failure != null) {
      node.put("class", failure.errorClass());
      node.put("message", failure.message());
    }
  }

  private static ObjectNode sequence(Sequence sequence) {
    ObjectNode node = Nodes.object();
    node.put("at", sequence.at);
    if (!sequence.output.isNull()) {
      node.set("out", sequence.output);
    }
    Active active = sequence.active;
    if (active != null) {
      node.set("step", active(active));
    }
    return node;
  }

  private static ObjectNode active(Active active) {
    ObjectNode node = Nodes.object();
    node.put("started", active.startedAt().toString());
    if (active instanceof Active.Running running) {
      node.put("is", "running");
      node.put("attempt", running.attempt);
      node.put("failures", running.failures);
    } else if (active instanceof Active.Retrying retrying) {
      node.put("is", "retrying");
      node.put("attempt", retrying.attempt());
      node.put("failures", retrying.failures());
      node.put("at", retrying.at().toString());
    } else if (active instanceof Active.Absent absent) {
      node.put("is", "absent");
      node.put("attempt", absent.attempt());
      node.put("failures", absent.failures());
      node.put("call", absent.call());
      node.put("execution", absent.executionId().toString());
    } else if (active instanceof Active.Open open) {
      node.put("is", "open");
      open.expiresAt().ifPresent(at -> node.put("expires", at.toString()));
    } else if (active instanceof Active.Asking asking) {
      node.put("is", "asking");
      asking.expiresAt().ifPresent(at -> node.put("expires", at.toString()));
      node.put("title", asking.title());
      node.put("message", asking.message());
      ObjectNode fields = node.putObject("fields");
      asking.fields().forEach(fields::put);
    } else if (active instanceof Active.Delayed delayed) {
      node.put("is", "delayed");
      node.put("until", delayed.until().toString());
    } else if (active instanceof Active.Child child) {
      node.put("is", "child");
      node.put("execution", child.executionId().toString());
      child.expiresAt().ifPresent(at -> node.put("expires", at.toString()));
    } else if (active instanceof Active.Chosen chosen) {
      node.put("is", "chosen");
      node.put("way", chosen.way());
      node.set("steps", sequence(chosen.steps()));
    } else if (active instanceof Active.Fan fan) {
      node.put("is", "fan");
      ArrayNode branches = node.putArray("branches");
      fan.branches().forEach(branch -> branches.add(branch(branch)));
    }
    return node;
  }

  private static ObjectNode branch(FanBranch branch) {
    ObjectNode node = Nodes.object();
    node.put("stage", branch.stage.name().toLowerCase(Locale.ROOT));
    if (!branch.item.isNull()) {
      node.set("item", branch.item);
    }
    if (branch.stage == FanBranch.Stage.SUCCEEDED) {
      node.set("out", branch.output);
    } else if (branch.steps.hasBegun()) { // also one that waits for its turn after a retry
      node.set("steps", sequence(branch.steps));
    }
    failure(branch.failure, node);
    return node;
  }

  /** Empty also if this version of the library can't read it. */
  static Optional<RunState> find(Optional<String> checkpoint) {
    try {
      return checkpoint.map(StateJson::read);
    } catch (UnreadableStateException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws UnreadableStateException if this version of the library can't read it
   */
  static RunState read(String json) {
    try {
      return read(Nodes.read(json));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new UnreadableStateException(e);
    }
  }

  private static RunState read(JsonNode node) {
    RunState state = new RunState(instant(node, "started"), instant(node, "deadline"));
    state.parkedAt = maybeInstant(node, "parked").orElse(null);
    state.generation = node.path("generation").intValue(0);
    node.path("renewals")
        .properties()
        .forEach(e -> state.renewals.put(e.getKey(), e.getValue().intValue()));
    state.journal = node.path("journal").intValue(0);
    node.optional("end")
        .ifPresent(
            end -> state.end = RunState.End.valueOf(end.stringValue().toUpperCase(Locale.ROOT)));
    node.optional("closing")
        .ifPresent(
            closing -> {
              state.isClosing = true;
              state.output = closing.optional("output").orElseGet(Nodes::nothing);
              state.failure = failure(closing);
            });
    if (node.path("context") instanceof ObjectNode context) {
      state.context = context;
    }
    node.path("results").properties().forEach(e -> state.results.put(e.getKey(), e.getValue()));
    node.path("inbox")
        .properties()
        .forEach(e -> state.inbox.put(e.getKey(), e.getValue().stringValue()));
    node.path("given_up")
        .properties()
        .forEach(e -> state.givenUp.put(e.getKey(), Instant.parse(e.getValue().stringValue())));
    state.root = readSequence(node.path("root"));
    return state;
  }

  private static Sequence readSequence(JsonNode node) {
    Sequence sequence = new Sequence();
    sequence.at = node.path("at").intValue(0);
    node.optional("out").ifPresent(out -> sequence.output = out);
    sequence.active = node.optional("step").map(StateJson::readActive).orElse(null);
    return sequence;
  }

  private static Active readActive(JsonNode node) {
    Instant started = instant(node, "started");
    int attempt = node.path("attempt").intValue(1);
    int failures = node.path("failures").intValue(0);
    Optional<Instant> expires = maybeInstant(node, "expires");
    String is = node.path("is").asString("");
    return switch (is) {
      case "running" -> new Active.Running(attempt, failures, started);
      case "retrying" -> new Active.Retrying(attempt, failures, started, instant(node, "at"));
      case "absent" ->
          new Active.Absent(
              attempt,
              failures,
              started,
              node.path("call").intValue(),
              UUID.fromString(node.path("execution").stringValue()));
      case "open" -> new Active.Open(started, expires);
      case "asking" -> {
        Map<String, String> fields = new LinkedHashMap<>();
        node.path("fields")
            .properties()
            .forEach(e -> fields.put(e.getKey(), e.getValue().stringValue()));
        yield new Active.Asking(
            started,
            expires,
            node.path("title").asString(""),
            node.path("message").asString(""),
            fields);
      }
      case "delayed" -> new Active.Delayed(started, instant(node, "until"));
      case "child" ->
          new Active.Child(started, UUID.fromString(node.path("execution").stringValue()), expires);
      case "chosen" ->
          new Active.Chosen(started, node.path("way").intValue(), readSequence(node.path("steps")));
      case "fan" -> {
        List<FanBranch> branches = new ArrayList<>();
        node.path("branches").values().forEach(branch -> branches.add(readBranch(branch)));
        yield new Active.Fan(started, branches);
      }
      default ->
          throw new IllegalArgumentException("expected a step that this version knows, got " + is);
    };
  }

  private static FanBranch readBranch(JsonNode node) {
    FanBranch branch = new FanBranch(node.optional("item").orElseGet(Nodes::nothing));
    branch.stage =
        FanBranch.Stage.valueOf(node.path("stage").stringValue().toUpperCase(Locale.ROOT));
    branch.output = node.optional("out").orElseGet(Nodes::nothing);
    branch.steps = readSequence(node.path("steps"));
    branch.failure = failure(node);
    return branch;
  }

  private static @Nullable StepFailure failure(JsonNode node) {
    return node.has("class")
        ? StepFailure.of(node.path("class").asString(""), node.path("message").asString(""))
        : null;
  }

  private static Instant instant(JsonNode node, String name) {
    return Instant.parse(node.path(name).stringValue());
  }

  private static Optional<Instant> maybeInstant(JsonNode node, String name) {
    return node.optional(name).map(value -> Instant.parse(value.stringValue()));
  }
}
