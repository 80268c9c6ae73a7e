package io.trigrun.workflow.model;

import io.trigrun.ExecutionState;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.DelayStep;
import io.trigrun.workflow.definition.ForEachStep;
import io.trigrun.workflow.definition.HandlerStep;
import io.trigrun.workflow.definition.Join;
import io.trigrun.workflow.definition.OnTimeout;
import io.trigrun.workflow.definition.ParallelStep;
import io.trigrun.workflow.definition.SetStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.StopStep;
import io.trigrun.workflow.definition.SwitchStep;
import io.trigrun.workflow.definition.WaitStep;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.model.Timeline.Entry;
import io.trigrun.workflow.model.Timeline.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run must come to, by recursion over its definition: each step is a function of when it
 * begins to when and how it ends. There is no state that is walked on, nothing is stored, and what
 * is given up is cut off the timeline afterwards; so little in it resembles the engine. One file,
 * as it is one function.
 */
final class Reference {

  /** How steps end. A run that was stopped ends with the step that did. */
  record End(String status, JsonNode output, String failure, Moment at, List<Integer> place) {
    boolean isFailure() {
      return !failure.isEmpty();
    }

    boolean isStop() {
      return status.startsWith("stop");
    }

    boolean isSkip() {
      return status.equals("skipped");
    }
  }

  /** A run as of now. */
  record Picture(ExecutionState state, String output, String failure, Timeline timeline) {}

  private final Workflow workflow;
  private final Log log;
  private final JsonNode input;
  private final Timeline timeline = new Timeline();

  /** How steps have ended, by key and moment. */
  private final Map<String, End> ended = new HashMap<>();

  /** How steps have ended that the run has passed before it was retried. */
  private final Map<String, End> passed = new HashMap<>();

  /** How often a step was given up while it waited: its links are new each time. */
  private final Map<String, Integer> renewed = new HashMap<>();

  private Reference(Workflow workflow, Log log, JsonNode input) {
    this.workflow = workflow;
    this.log = log;
    this.input = input;
  }

  static Picture of(Workflow workflow, Log log, JsonNode input) {
    return new Reference(workflow, log, input).picture();
  }

  /** The key of the wait that a step opens next or has opened last. */
  static String waitKey(Workflow workflow, Log log, JsonNode input, String stepKey) {
    Reference reference = new Reference(workflow, log, input);
    reference.picture();
    return reference.waitKey(stepKey);
  }

  /** Whether a run is at a step or can still come to it: else nobody waits for an answer. */
  static boolean isAhead(
      Workflow workflow, Log log, JsonNode input, String id, List<Integer> indexes) {
    Reference reference = new Reference(workflow, log, input);
    boolean isLive = reference.picture().state() == ExecutionState.WAITING;
    return isLive && reference.isAhead(workflow.steps(), id, indexes, 0);
  }

  private boolean isAhead(List<Step> steps, String id, List<Integer> indexes, int depth) {
    Place around = new Place(List.of(), indexes.subList(0, depth), List.of());
    for (Step step : steps) {
      String key = around.key(step.id());
      Optional<End> end = endNow(key);
      if (find(List.of(step), id).isPresent()) {
        return end.isEmpty() && (step.id().equals(id) || isAhead(step, key, id, indexes, depth));
      }
      if (end.filter(it -> it.isFailure() && !continues(key)).isPresent()) {
        return false;
      }
    }
    return false;
  }

  private boolean isAhead(Step step, String key, String id, List<Integer> indexes, int depth) {
    Optional<Integer> way =
        timeline
            .latest(Kind.WAY, key)
            .filter(entry -> !log.now().isBefore(entry.at()))
            .map(entry -> entry.value().intValue());
    List<Step.Nested> nested = step.nested();
    if (way.isEmpty()) {
      return true;
    }
    if (step instanceof ForEachStep each) {
      return indexes.get(depth) < way.get() && isAhead(each.steps(), id, indexes, depth + 1);
    }
    return IntStream.range(0, nested.size())
        .filter(i -> step instanceof ParallelStep || i == way.get())
        .mapToObj(i -> nested.get(i).steps())
        .filter(steps -> find(steps, id).isPresent())
        .anyMatch(steps -> isAhead(steps, id, indexes, depth));
  }

  /** How a step has ended in this try, or before it. */
  private Optional<End> endNow(String key) {
    Moment began = log.beginnings.get(log.beginnings.size() - 1);
    return Optional.ofNullable(passed.get(key))
        .or(
            () ->
                timeline
                    .latest(Kind.END, key)
                    .filter(it -> !it.at().isBefore(began) && !log.now().isBefore(it.at()))
                    .map(it -> ended.get(key + it.at())));
  }

  private Picture picture() {
    End end = new End("", Values.NOTHING, "", Moment.NEVER, List.of());
    for (int i = 0; i < log.beginnings.size(); i++) {
      passedIn(i);
      end = generation(beginning(log.beginnings.get(i)));
    }
    Moment cancelled = log.cancelled.orElse(Moment.NEVER);
    if (cancelled.isBefore(end.at())) {
      timeline.cut(0, cancelled, List.of());
      return new Picture(ExecutionState.CANCELLED, "", "CANCELLED", timeline);
    }
    if (log.now().isBefore(end.at())) {
      return new Picture(ExecutionState.WAITING, "", "", timeline);
    }
    return end.isFailure()
        ? new Picture(ExecutionState.FAILED, "", end.failure(), timeline)
        : new Picture(ExecutionState.SUCCEEDED, end.output().toString(), "", timeline);
  }

  /** When the run began for good: if its node died at once, all but the calls is forgotten. */
  private Moment beginning(Moment first) {
    Moment start = first;
    for (Log.Crash crash : log.crashes) {
      if (crash.restarts(start)) {
        int from = timeline.size();
        sequence(workflow.steps(), start, Place.ROOT);
        timeline.keepCalls(from, start);
      }
      start = crash.restarts(start) || crash.loses(start) ? crash.back() : start;
    }
    return start;
  }

  private End generation(Moment start) {
    int from = timeline.size();
    Moment deadline =
        workflow.countWaiting()
            ? log.timer(start.at().plus(workflow.maxDuration()), start)
            : Moment.NEVER;
    End end = sequence(workflow.steps(), start, Place.ROOT);
    if (end.at().isBefore(deadline)) {
      return end;
    }
    timeline.cut(from, deadline, List.of());
    return new End("failed", Values.NOTHING, "WORKFLOW_TIMEOUT", deadline, List.of());
  }

  /** What was passed before a run was retried is not run again; what waited waits anew. */
  private void passedIn(int generation) {
    if (generation == 0) {
      return;
    }
    Moment now = log.beginnings.get(generation);
    timeline.journal(now).stream()
        .filter(entry -> entry.kind() == Kind.END)
        .forEach(
            entry -> {
              End end = ended.get(entry.key() + entry.at());
              if (end != null && (!end.isFailure() || continues(entry.key()))) {
                passed.put(entry.key(), end);
              }
            });
    timeline
        .of(Kind.WAIT)
        .filter(
            wait -> wait.text().contains("wait_for_webhook") || wait.text().contains("approval"))
        .map(Entry::key)
        .distinct()
        .filter(key -> !passed.containsKey(key))
        .forEach(key -> renewed.put(key, opened(key)));
  }

  private int opened(String key) {
    return (int) timeline.count(Kind.WAIT, key);
  }

  private boolean continues(String key) {
    String id = key.replaceFirst("\\[.*", "");
    return find(workflow.steps(), id).orElseThrow().options().onError() == OnError.CONTINUE;
  }

  static Optional<Step> find(List<Step> steps, String id) {
    return steps.stream()
        .flatMap(
            step ->
                step.id().equals(id)
                    ? Optional.of(step).stream()
                    : step.nested().stream().flatMap(nested -> find(nested.steps(), id).stream()))
        .findFirst();
  }

  private String waitKey(String key) {
    int times = renewed.getOrDefault(key, 0);
    return times == 0 ? key : key + "~" + times;
  }

  private void note(Kind kind, Moment at, Moment until, Place place, String key, String text) {
    timeline.add(new Entry(kind, at, until, place.path(), key, text, Values.NOTHING));
  }

  private void way(Moment at, Place place, Step step, int way) {
    JsonNode value = JsonNodeFactory.instance.numberNode(way);
    timeline.add(new Entry(Kind.WAY, at, at, place.path(), place.key(step.id()), "", value));
  }

  private End sequence(List<Step> steps, Moment start, Place place) {
    End last = new End("succeeded", Values.NOTHING, "", start, place.path());
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String key = place.key(step.id());
      End end = passed.get(key);
      if (end == null) {
        end = extracted(step, step(step, last.at(), place.in(i)), place.in(i).in(Place.END));
        if (end.at().equals(Moment.NEVER) || end.status().equals("stopped")) {
          return end;
        }
        String status = end.isStop() ? "succeeded" : end.status();
        String text = end.isFailure() && !end.isStop() ? end.failure() : "";
        Place at = place.in(i).in(Place.END);
        timeline.add(
            new Entry(
                Kind.END,
                end.at(),
                end.at(),
                at.path(),
                key,
                key + ":" + status + " " + text + " " + end.output(),
                results(end)));
        ended.put(key + end.at(), end);
        if (end.isStop()) {
          return new End("stopped", end.output(), end.failure(), end.at(), at.path());
        }
        if (end.isFailure() && step.options().onError() == OnError.FAIL) {
          return end;
        }
        last =
            new End(
                "succeeded", end.isSkip() ? last.output() : end.output(), "", end.at(), at.path());
      } else if (!end.isSkip()) {
        last = new End("succeeded", end.output(), "", last.at(), place.path());
      }
    }
    return last;
  }

  private static JsonNode results(End end) {
    ObjectNode results = JsonNodeFactory.instance.objectNode();
    results.put("status", end.status());
    results.set("output", end.output());
    return results;
  }

  private End extracted(Step step, End end, Place place) {
    if (end.isFailure() || end.isStop() || end.isSkip() || end.at().equals(Moment.NEVER)) {
      return end;
    }
    for (var extract : step.options().extract().entrySet()) {
      Optional<JsonNode> part = Values.extract(extract.getValue(), end.output());
      if (part.isEmpty()) {
        return new End("failed", end.output(), "EXTRACT_FAILED", end.at(), place.path());
      }
      write(extract.getKey(), part.get(), end.at(), place);
    }
    return end;
  }

  private void write(String name, JsonNode value, Moment at, Place place) {
    timeline.add(new Entry(Kind.WRITE, at, at, place.path(), name, "", value));
  }

  private Values.Finder finder(Place place) {
    return words -> {
      Optional<JsonNode> found =
          switch (words.get(0)) {
            case "context" -> timeline.latest(Kind.WRITE, words.get(1)).map(Entry::value);
            case "steps" -> result(words.get(1), place).map(it -> it.path(words.get(2)));
            case "item" -> Optional.of(place.items().get(place.items().size() - 1));
            case "index" ->
                Optional.of(
                    JsonNodeFactory.instance.numberNode(
                        place.indexes().get(place.indexes().size() - 1)));
            default -> Optional.of(input);
          };
      return found;
    };
  }

  /** Of the step in this round of the for-eaches around both. */
  private Optional<JsonNode> result(String id, Place place) {
    for (int depth = place.indexes().size(); depth >= 0; depth--) {
      Place around = new Place(List.of(), place.indexes().subList(0, depth), List.of());
      Optional<Entry> end = timeline.latest(Kind.END, around.key(id));
      if (end.isPresent()) {
        return end.map(Entry::value);
      }
    }
    return Optional.empty();
  }

  private static End succeeded(JsonNode output, Moment at, Place place) {
    return new End("succeeded", output, "", at, place.path());
  }

  private static End failed(String failure, Moment at, Place place) {
    return new End("failed", Values.NOTHING, failure, at, place.path());
  }

  private static End open(Place place) {
    return new End("open", Values.NOTHING, "", Moment.NEVER, place.path());
  }

  private End step(Step step, Moment start, Place place) {
    if (step.options().when().filter(it -> !Values.holds(it, finder(place))).isPresent()) {
      return new End("skipped", Values.NOTHING, "", start, place.path());
    }
    try {
      if (step instanceof HandlerStep handler) {
        return handler(handler, start, place);
      } else if (step instanceof SetStep set) {
        JsonNode values = Values.render(Values.read(set.values().text()), finder(place));
        values.properties().forEach(it -> write(it.getKey(), it.getValue(), start, place));
        return succeeded(values, start, place);
      } else if (step instanceof DelayStep delay) {
        Moment end = log.timer(start.at().plus(((DelayStep.After) delay.until()).time()), start);
        note(Kind.WAIT, start, end, place, place.key(step.id()), "delay " + end.at());
        return succeeded(Values.NOTHING, end, place);
      } else if (step instanceof StopStep stop) {
        JsonNode output = Values.render(Values.read(stop.output().text()), finder(place));
        return new End("stop", output, stop.succeed() ? "" : "STOPPED", start, place.path());
      } else if (step instanceof WaitStep wait) {
        return wait(wait, start, place);
      } else if (step instanceof ApprovalStep approval) {
        return approval(approval, start, place);
      } else if (step instanceof SwitchStep choice) {
        int way =
            IntStream.range(0, choice.cases().size())
                .filter(i -> Values.holds(choice.cases().get(i).when(), finder(place)))
                .findFirst()
                .orElse(-1);
        List<Step> steps = way < 0 ? choice.otherwise() : choice.cases().get(way).steps();
        way(start, place, step, way < 0 ? choice.cases().size() : way);
        End end = sequence(steps, start, place.in(0));
        return end.isFailure() && !end.isStop() ? failed(end.failure(), end.at(), place) : end;
      } else if (step instanceof ParallelStep parallel) {
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < parallel.branches().size(); i++) {
          branches.add(new Branch(place.in(i), parallel.branches().get(i).steps()));
        }
        way(start, place, step, branches.size());
        return new Fan(start, place, branches, parallel.join(), parallel.maxConcurrent()).end(step);
      }
      ForEachStep each = (ForEachStep) step;
      JsonNode items = Values.render(Values.read(each.items().text()), finder(place));
      if (!items.isArray()) {
        return failed("ITEMS_INVALID", start, place);
      }
      List<Branch> branches = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        branches.add(new Branch(place.in(i, items.get(i)), each.steps()));
      }
      way(start, place, step, branches.size());
      return new Fan(start, place, branches, each.join(), each.maxConcurrent()).end(step);
    } catch (NoSuchElementException e) {
      return failed("TEMPLATE_UNRESOLVED", start, place);
    }
  }

  /** Input {@code {"fails", "final", "give"}}: fails that often in all, whatever is retried. */
  private End handler(HandlerStep step, Moment start, Place place) {
    String key = place.key(step.id());
    Moment begin = start;
    for (int failures = 1; ; failures++) {
      Optional<JsonNode> rendered = rendered(step, place);
      begin = called(begin, rendered.isPresent(), place, key);
      if (rendered.isEmpty()) {
        return failed("TEMPLATE_UNRESOLVED", begin.next(), place);
      }
      JsonNode in = rendered.get();
      if (timeline.count(Kind.CALL, key) > in.path("fails").intValue()) {
        return succeeded(in.path("give"), begin.next(), place);
      }
      if (in.path("final").booleanValue() || failures >= step.options().retry().maxAttempts()) {
        return failed("BUSY", begin.next(), place);
      }
      Moment end = begin.next();
      note(Kind.RETRY, end, end, place, key, key + ":retrying BUSY null");
      long wait = step.options().retry().backoff().initial().toMillis() << (failures - 1);
      begin = log.timer(end.at().plusMillis(wait), end);
      note(Kind.WAIT, end, begin, place, key, "retry " + end.at().plusMillis(wait));
    }
  }

  /** Calls, and calls again if a node died before it recorded what came of it. */
  private Moment called(Moment begin, boolean isCalled, Place place, String key) {
    Moment at = begin;
    while (true) {
      if (isCalled) {
        note(Kind.CALL, at, at, place, key, "");
      }
      if (!log.isLost(at.next())) {
        return at;
      }
      at = log.landing(at.next());
    }
  }

  private Optional<JsonNode> rendered(HandlerStep step, Place place) {
    try {
      return Optional.of(Values.render(Values.read(step.input().text()), finder(place)));
    } catch (NoSuchElementException e) {
      return Optional.empty();
    }
  }

  private Optional<Instant> expiry(Step step, Moment start) {
    return step.options().timeout().map(time -> start.at().plus(time));
  }

  private End wait(WaitStep step, Moment start, Place place) {
    String key = place.key(step.id());
    Moment expiry = expiry(step, start).map(at -> log.timer(at, start)).orElse(Moment.NEVER);
    Log.Answer answer = log.answers.get(waitKey(key));
    Moment end = answer == null ? Moment.NEVER : log.landing(start.orLater(answer.at()));
    boolean isAnswered = answer != null && answer.at().isBefore(expiry);
    String until = expiry(step, start).map(Instant::toString).orElse("-");
    note(Kind.WAIT, start, isAnswered ? end : expiry, place, key, "wait_for_webhook " + until);
    if (answer != null && isAnswered) {
      return answered(succeeded(answer.body(), end, place), key);
    }
    if (expiry.equals(Moment.NEVER)) {
      return open(place);
    }
    return step.onTimeout() instanceof OnTimeout.Continue value
        ? succeeded(Values.read(value.value().text()), expiry, place)
        : new End("expired", Values.NOTHING, "WAIT_EXPIRED", expiry, place.path());
  }

  private End answered(End end, String key) {
    String text = key + ":" + end.status() + " " + end.failure() + " " + end.output();
    timeline.add(
        new Entry(Kind.ANSWER, end.at(), end.at(), end.place(), key, text, Values.NOTHING));
    return end;
  }

  private End approval(ApprovalStep step, Moment start, Place place) {
    String key = place.key(step.id());
    Moment expiry = expiry(step, start).map(at -> log.timer(at, start)).orElse(Moment.NEVER);
    Map<Integer, Log.Answer> votes = new HashMap<>();
    for (int i = 0; i < Math.max(1, step.approvers().size()); i++) {
      Log.Answer vote = log.answers.get(voteKey(step, waitKey(key), i));
      if (vote != null && vote.at().isBefore(expiry)) {
        votes.put(i, vote);
      }
    }
    List<Integer> byTime =
        votes.keySet().stream().sorted(Comparator.comparing(i -> at(votes, i))).toList();
    Set<Integer> counted = new HashSet<>();
    String decision = "";
    Moment end = expiry;
    int approvals = 0;
    for (int i = 0; i < byTime.size() && decision.isEmpty(); i++) {
      counted.add(byTime.get(i));
      boolean isYes = vote(votes, byTime.get(i)).equals("approved");
      approvals += isYes ? 1 : 0;
      if (!isYes || approvals >= step.required()) {
        decision = isYes ? "approved" : "rejected";
        end = log.landing(at(votes, byTime.get(i)));
      }
    }
    boolean isVoted = !decision.isEmpty();
    Instant decidedAt = end.at();
    String until = expiry(step, start).map(Instant::toString).orElse("-");
    note(Kind.WAIT, start, end, place, key, "approval " + until);
    if (end.equals(Moment.NEVER)) {
      return open(place);
    }
    if (decision.isEmpty()) {
      decision =
          step.onTimeout() instanceof OnTimeout.Approve
              ? "approved"
              : step.onTimeout() instanceof OnTimeout.Reject ? "rejected" : "expired";
    } else {
      decidedAt = at(votes, byTime.get(counted.size() - 1)).at();
    }
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.put("decision", decision);
    output.put("decided_at", decidedAt.toString());
    ArrayNode told = output.putArray("votes");
    counted.stream()
        .sorted()
        .forEach(
            i -> {
              ObjectNode vote = told.addObject();
              if (!step.approvers().isEmpty()) {
                vote.put("approver", step.approvers().get(i));
              }
              vote.put("decision", vote(votes, i));
              vote.put("decided_at", at(votes, i).at().toString());
            });
    if (decision.equals("approved") || (decision.equals("rejected") && step.continueOnReject())) {
      End decided = succeeded(output, end, place);
      return isVoted ? answered(decided, key) : decided;
    }
    String failure = decision.equals("rejected") ? "REJECTED" : "WAIT_EXPIRED";
    End decided = new End(decision, output, failure, end, place.path());
    return isVoted ? answered(decided, key) : decided;
  }

  static String voteKey(ApprovalStep step, String waitKey, int approver) {
    return step.approvers().isEmpty() ? waitKey : waitKey + "/" + approver;
  }

  private static Moment at(Map<Integer, Log.Answer> votes, int approver) {
    return java.util.Objects.requireNonNull(votes.get(approver)).at();
  }

  private static String vote(Map<Integer, Log.Answer> votes, int approver) {
    return java.util.Objects.requireNonNull(votes.get(approver)).body().stringValue();
  }

  private record Branch(Place place, List<Step> steps) {}

  /** Several branches, or one for each element. */
  private final class Fan {
    private final Moment start;
    private final Place place;
    private final List<Branch> branches;
    private final int needed;
    private final int most;
    private final Map<Integer, End> ends = new HashMap<>();

    Fan(Moment start, Place place, List<Branch> branches, Join join, int most) {
      this.start = start;
      this.place = place;
      this.branches = branches;
      this.needed = join.of(branches.size());
      this.most = most;
    }

    End end(Step step) {
      int from = timeline.size();
      PriorityQueue<Moment> slots = new PriorityQueue<>();
      List<Integer> others = new ArrayList<>();
      for (int i = 0; i < branches.size(); i++) {
        if (isPassed(branches.get(i))) {
          Branch done = branches.get(i);
          ends.put(i, sequence(done.steps(), start, done.place()));
        } else {
          others.add(i);
        }
      }
      if (isJoined()) {
        return joined(step, start);
      }
      Map<Integer, End> running = new HashMap<>();
      for (int i : others) {
        Moment begin = slots.size() < most ? start : slots.remove();
        if (begin.equals(Moment.NEVER)) {
          break;
        }
        End end = sequence(branches.get(i).steps(), begin, branches.get(i).place());
        running.put(i, end);
        slots.add(end.at());
      }
      List<Map.Entry<Integer, End>> order =
          running.entrySet().stream()
              .sorted(
                  Map.Entry.<Integer, End>comparingByValue(Comparator.comparing(End::at))
                      .thenComparing(Map.Entry.comparingByKey()))
              .toList();
      for (Map.Entry<Integer, End> one : order) {
        End end = one.getValue();
        if (end.at().equals(Moment.NEVER)) {
          break;
        }
        if (end.isStop()) {
          timeline.cut(from, end.at(), end.place());
          return end;
        }
        ends.put(one.getKey(), end);
        if (isJoined()) {
          timeline.join(from, end.at(), place.in(one.getKey()).in(Place.END).path());
          return joined(step, end.at());
        }
      }
      return open(place);
    }

    private boolean isPassed(Branch branch) {
      return branch.steps().stream()
          .allMatch(step -> passed.containsKey(branch.place().key(step.id())));
    }

    private boolean hasSucceeded() {
      return ends.values().stream().filter(end -> !end.isFailure()).count() >= needed;
    }

    private boolean isJoined() {
      long failed = ends.values().stream().filter(End::isFailure).count();
      return hasSucceeded() || branches.size() - failed < needed;
    }

    private End joined(Step step, Moment at) {
      JsonNode output = step instanceof ParallelStep parallel ? byName(parallel) : inOrder();
      if (hasSucceeded()) {
        return succeeded(output, at, place);
      }
      String failure =
          ends.entrySet().stream()
              .filter(end -> end.getValue().isFailure())
              .min(Map.Entry.comparingByKey())
              .map(end -> end.getValue().failure())
              .orElse("JOIN_IMPOSSIBLE");
      return new End("failed", output, failure, at, place.path());
    }

    private JsonNode output(int branch) {
      End end = ends.get(branch);
      return end == null || end.isFailure() ? Values.NOTHING : end.output();
    }

    private JsonNode byName(ParallelStep step) {
      ObjectNode output = JsonNodeFactory.instance.objectNode();
      for (int i = 0; i < branches.size(); i++) {
        output.set(step.branches().get(i).name(), output(i));
      }
      return output;
    }

    private JsonNode inOrder() {
      ArrayNode output = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < branches.size(); i++) {
        output.add(output(i));
      }
      return output;
    }
  }
}
