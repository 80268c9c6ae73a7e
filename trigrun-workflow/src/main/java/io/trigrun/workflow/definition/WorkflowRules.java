package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;
import io.trigrun.workflow.internal.expression.Located;
import io.trigrun.workflow.internal.expression.Root;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What only the whole of a workflow can tell: ids, how deep, and what references can find. */
final class WorkflowRules {

  private static final int MOST_STEPS = 500;
  private static final int DEEPEST = 10;
  private static final int MOST_SHOWN = 10;
  private static final Set<String> OF_STEPS = Set.of("output", "status", "status_code", "error");
  private static final Set<String> OF_EXECUTION =
      Set.of("id", "attempt", "started_at", "scheduled_for");
  private static final Set<String> OF_JOB = Set.of("id", "name", "context");
  private static final Set<String> OF_TRIGGER = Set.of("body", "headers", "query");
  private static final Set<String> OF_APPROVALS = Set.of("review_url", "approve_url", "reject_url");

  private final Problems problems = new Problems();
  private final Map<String, Waiting> waits = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private int count;

  /**
   * A step that waits.
   *
   * @param loops the for-eaches around it, outermost first
   */
  private record Waiting(Step step, List<String> loops) {}

  private WorkflowRules() {}

  static void check(List<Step> steps) {
    WorkflowRules rules = new WorkflowRules();
    rules.problems.check(!steps.isEmpty(), "/steps", "one step or more", "none");
    rules.ids(steps, "/steps", List.of(), 1);
    rules.problems.check(
        rules.count <= MOST_STEPS,
        "/steps",
        "at most " + MOST_STEPS + " steps in all",
        rules.count);
    rules.problems.throwIfAny();
    rules.references(steps, "/steps", Set.of(), List.of());
    rules.problems.throwIfAny();
  }

  static Set<String> secretNames(List<Step> steps) {
    Set<String> names = new TreeSet<>();
    for (Step step : steps) {
      if (step instanceof HttpStep http) {
        names.addAll(http.request().secretNames());
      }
      step.nested().forEach(nested -> names.addAll(secretNames(nested.steps())));
    }
    return names;
  }

  private void ids(List<Step> steps, String pointer, List<String> loops, int depth) {
    problems.check(depth <= DEEPEST, pointer, "at most " + DEEPEST + " levels of steps", "more");
    if (depth > DEEPEST) {
      return;
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String place = pointer + "/" + i;
      count++;
      problems.check(ids.add(step.id()), place + "/id", "an id that no other step has", step.id());
      options(step, place);
      if (step instanceof WaitStep || step instanceof ApprovalStep) {
        waits.put(step.id(), new Waiting(step, loops));
      }
      List<String> inside = step instanceof ForEachStep ? plus(loops, step.id()) : loops;
      for (Step.Nested nested : step.nested()) {
        ids(nested.steps(), place + nested.pointer(), inside, depth + 1);
      }
    }
  }

  /** What means nothing to a type would be read and then overlooked. */
  private void options(Step step, String place) {
    boolean isTried = step instanceof HttpStep || step instanceof HandlerStep;
    boolean isTimed =
        isTried
            || step instanceof WaitStep
            || step instanceof ApprovalStep
            || step instanceof RunJobStep;
    problems.check(
        isTimed || step.options().timeout().isEmpty(),
        place + "/timeout_seconds",
        "none: only http, handler, wait_for_webhook, approval and workflow have one",
        step.type());
    problems.check(
        isTried || step.options().retry().equals(StepRetry.none()),
        place + "/retry",
        "none: only http and handler are tried again",
        step.type());
    problems.check(
        isTried || step.options().onCrash() == StepOptions.OnCrash.RETRY,
        place + "/on_crash",
        "none: only http and handler can be under way when a node dies",
        step.type());
  }

  private static List<String> plus(List<String> loops, String id) {
    return java.util.stream.Stream.concat(loops.stream(), java.util.stream.Stream.of(id)).toList();
  }

  /** Returns what can have run when these steps are over. */
  private Set<String> references(
      List<Step> steps, String pointer, Set<String> before, List<String> loops) {
    Set<String> known = new HashSet<>(before);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String place = pointer + "/" + i;
      for (Located located : StepTemplates.of(step, place, problems)) {
        check(located, known, loops);
      }
      List<String> inside = step instanceof ForEachStep ? plus(loops, step.id()) : loops;
      Set<String> after = new HashSet<>(known);
      for (Step.Nested nested : step.nested()) {
        Set<String> ran = references(nested.steps(), place + nested.pointer(), known, inside);
        if (!(step instanceof ForEachStep)) {
          after.addAll(ran); // of a for-each there is one for each element: its own output has them
        }
      }
      known = after;
      known.add(step.id());
    }
    return known;
  }

  private void check(Located located, Set<String> known, List<String> loops) {
    String root = located.reference().root();
    List<String> path = located.reference().path();
    if (root.equals(Root.STEPS.word())) {
      String id = path.isEmpty() ? "" : path.get(0);
      if (!known.contains(id)) {
        problems.check(
            false,
            located.pointer(),
            "a step that can have run before: " + few(known),
            "steps." + id);
      }
      second(located, OF_STEPS);
    } else if (root.equals(Root.WAITS.word())) {
      wait(located, path.isEmpty() ? "" : path.get(0), loops);
    } else if (root.equals(Root.ITEM.word()) || root.equals(Root.INDEX.word())) {
      problems.check(
          !loops.isEmpty(), located.pointer(), root + " only within a foreach", "one outside");
    } else if (root.equals(Root.EXECUTION.word())) {
      first(located, OF_EXECUTION);
    } else if (root.equals(Root.JOB.word())) {
      first(located, OF_JOB);
    } else if (root.equals(Root.TRIGGER.word())) {
      first(located, OF_TRIGGER);
    }
  }

  private void wait(Located located, String id, List<String> loops) {
    Waiting waiting = waits.get(id);
    boolean reachable =
        waiting != null
            && waiting.loops().size() <= loops.size()
            && waiting.loops().equals(loops.subList(0, waiting.loops().size()));
    if (!reachable) {
      problems.check(
          false,
          located.pointer(),
          "a wait_for_webhook or approval step that is in no foreach but those around: "
              + few(waits.keySet()),
          "waits." + id);
    }
    if (waiting == null) {
      return;
    }
    if (waiting.step() instanceof ApprovalStep approval) {
      problems.check(
          approval.approvers().isEmpty(),
          located.pointer(),
          "an approval without approvers: each of those has links of their own",
          "waits." + id);
      second(located, OF_APPROVALS);
    } else {
      second(located, Set.of("resume_url"));
    }
  }

  /** Some of them: a large workflow can have more mistakes than there is memory for all names. */
  private static String few(Set<String> ids) {
    String first = new TreeSet<>(ids).stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    int more = ids.size() - MOST_SHOWN;
    return "[" + first + (more > 0 ? ", and " + more + " more" : "") + "]";
  }

  private void first(Located located, Set<String> words) {
    word(located, words, 0);
  }

  private void second(Located located, Set<String> words) {
    word(located, words, 1);
  }

  private void word(Located located, Set<String> words, int place) {
    List<String> path = located.reference().path();
    String got = path.size() > place ? path.get(place) : "nothing";
    if (!words.contains(got)) {
      problems.check(
          false,
          located.pointer(),
          "one of "
              + new TreeSet<>(words)
              + " after "
              + String.join(".", path.subList(0, Math.min(place, path.size()))),
          got);
    }
  }
}
