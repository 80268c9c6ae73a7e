package io.trigrun.workflow.model;

import io.trigrun.BackoffPolicy;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.Comparison;
import io.trigrun.workflow.definition.Condition;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.ForEachStep;
import io.trigrun.workflow.definition.Join;
import io.trigrun.workflow.definition.OnTimeout;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.StepRetry;
import io.trigrun.workflow.definition.SwitchStep.Case;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Workflows of any shape whose steps only look at what no other branch can change at the same time:
 * what is left is decided by the definition and by when things happen.
 */
public final class RandomWorkflows {

  private static final int MOST_STEPS = 25;
  private static final int DICE = 8;
  private static final List<Duration> TIMES =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(40));

  enum Type {
    HANDLER("h"),
    SET("s"),
    WAIT("w"),
    DELAY("d"),
    APPROVAL("a"),
    STOP("o"),
    SWITCH("k"),
    PARALLEL("p"),
    FOREACH("f");

    /** What ids of such steps begin with. */
    private final String letter;

    Type(String letter) {
      this.letter = letter;
    }
  }

  /**
   * A step before it has a name.
   *
   * @param dice what else is left to chance, 0 to 11 each; 0 is the simplest
   */
  record Shape(Type type, List<Integer> dice, List<List<Shape>> nested) {}

  private List<String> references = List.of("trigger.body");
  private final List<String> written = new ArrayList<>();
  private int loops;
  private int count;

  private RandomWorkflows() {}

  /** Any. */
  public static Arbitrary<Workflow> any() {
    return Combinators.combine(
            shapes(3), Arbitraries.of(30, 120, 1440), Arbitraries.of(true, true, false))
        .as(RandomWorkflows::workflow);
  }

  private static Workflow workflow(List<Shape> shapes, int minutes, boolean countsWaits) {
    Workflow workflow =
        Workflow.of(new RandomWorkflows().steps(shapes).toArray(Step[]::new))
            .maxDuration(Duration.ofMinutes(minutes));
    return countsWaits ? workflow : workflow.withoutCountingWaits();
  }

  private static Arbitrary<List<Shape>> shapes(int depth) {
    return shape(depth).list().ofMinSize(1).ofMaxSize(4);
  }

  private static Arbitrary<Shape> shape(int depth) {
    Arbitrary<Type> leaf =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(6, Type.HANDLER),
            net.jqwik.api.Tuple.of(2, Type.SET),
            net.jqwik.api.Tuple.of(3, Type.WAIT),
            net.jqwik.api.Tuple.of(2, Type.DELAY),
            net.jqwik.api.Tuple.of(3, Type.APPROVAL),
            net.jqwik.api.Tuple.of(1, Type.STOP));
    Arbitrary<Shape> leaves =
        Combinators.combine(leaf, dice()).as((type, dice) -> new Shape(type, dice, List.of()));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Shape> containers =
        Combinators.combine(
                Arbitraries.of(Type.PARALLEL, Type.PARALLEL, Type.FOREACH, Type.SWITCH),
                dice(),
                shapes(depth - 1).list().ofMinSize(1).ofMaxSize(3))
            .as(Shape::new);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(3, leaves), net.jqwik.api.Tuple.of(2, containers));
  }

  private static Arbitrary<List<Integer>> dice() {
    return Arbitraries.integers().between(0, 11).list().ofSize(DICE);
  }

  private List<Step> steps(List<Shape> shapes) {
    List<Step> steps = new ArrayList<>();
    for (Shape shape : shapes) {
      if (count < MOST_STEPS || steps.isEmpty()) {
        steps.add(step(shape));
      }
    }
    return steps;
  }

  private Step step(Shape shape) {
    String id = shape.type().letter + ++count;
    List<Integer> dice = shape.dice();
    // Its own options see what came before it; those after it see what it gave, too.
    StepOptions options = options(shape, id);
    Step step = plain(shape, id, dice).with(options);
    List<String> more = new ArrayList<>(references);
    more.add("steps." + id + ".output");
    more.add("steps." + id + ".status");
    if (!options.extract().isEmpty() || shape.type() == Type.SET) {
      written.add("context.c_" + id);
    }
    if (loops == 0) {
      more.addAll(written);
      written.clear();
    }
    references = more;
    return step;
  }

  private Step plain(Shape shape, String id, List<Integer> dice) {
    return switch (shape.type()) {
      case HANDLER -> handler(id, dice);
      case SET -> Step.set(id, "{\"c_" + id + "\":" + value(dice.get(3)) + "}");
      case DELAY -> Step.delay(id, TIMES.get(dice.get(3) % TIMES.size()));
      case WAIT ->
          dice.get(4) >= 8
              ? Step.waitForWebhook(id).onTimeout(OnTimeout.continueWith("{\"v\":9}"))
              : Step.waitForWebhook(id);
      case APPROVAL -> approval(id, dice);
      case STOP ->
          dice.get(3) >= 6
              ? Step.succeed(id).output("{\"o\":" + value(dice.get(4)) + "}")
              : Step.fail(id, "enough");
      case SWITCH -> choice(shape, id, dice);
      case PARALLEL -> parallel(shape, id, dice);
      case FOREACH -> forEach(shape, id, dice);
    };
  }

  private Step handler(String id, List<Integer> dice) {
    int fails = List.of(0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 99).get(dice.get(3));
    boolean isFinal = dice.get(4) >= 10;
    return Step.handler(id, "work")
        .input(
            "{\"fails\":%d,\"final\":%b,\"give\":%s}"
                .formatted(fails, isFinal, value(dice.get(5))));
  }

  private static Step approval(String id, List<Integer> dice) {
    ApprovalStep step = Step.approval(id, "May it?");
    step =
        switch (dice.get(4) % 4) {
          case 0 -> step;
          case 1 -> step.approvers(1, "ann", "bob");
          case 2 -> step.approvers(2, "ann", "bob");
          default -> step.approvers(2, "ann", "bob", "cid");
        };
    step =
        switch (dice.get(5) % 4) {
          case 1 -> step.onTimeout(OnTimeout.reject());
          case 2 -> step.onTimeout(OnTimeout.approve());
          default -> step;
        };
    return dice.get(6) >= 7 ? step.continuingOnReject() : step;
  }

  private Step choice(Shape shape, String id, List<Integer> dice) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 1; i < shape.nested().size(); i++) {
      conditions.add(condition(dice.get(3 + i)));
    }
    List<List<Step>> ways = ways(shape);
    List<Case> cases = new ArrayList<>();
    for (int i = 1; i < ways.size(); i++) {
      cases.add(new Case(conditions.get(i - 1), ways.get(i)));
    }
    if (cases.isEmpty()) {
      cases.add(new Case(Condition.exists("trigger.body"), List.of()));
    }
    return Step.choose(id, cases.toArray(Case[]::new)).otherwise(ways.get(0).toArray(Step[]::new));
  }

  /** Branches see nothing of each other; who comes after them sees all. */
  private List<List<Step>> ways(Shape shape) {
    List<String> before = references;
    List<String> after = new ArrayList<>(before);
    List<List<Step>> ways = new ArrayList<>();
    for (List<Shape> one : shape.nested()) {
      references = before;
      ways.add(steps(one));
      after.addAll(references.subList(before.size(), references.size()));
    }
    references = after;
    return ways;
  }

  private Step parallel(Shape shape, String id, List<Integer> dice) {
    List<Branch> branches = new ArrayList<>();
    for (List<Step> steps : ways(shape)) {
      branches.add(new Branch("b" + branches.size(), steps));
    }
    return Step.parallel(id, branches.toArray(Branch[]::new))
        .join(join(dice.get(3), branches.size()))
        .maxConcurrent(concurrency(dice.get(4)));
  }

  private static Join join(int die, int branches) {
    return die < 5 ? Join.all() : die < 9 ? Join.any() : Join.atLeast(Math.min(2, branches));
  }

  private static int concurrency(int die) {
    return die < 5 ? 10 : die < 9 ? 1 : 2;
  }

  private Step forEach(Shape shape, String id, List<Integer> dice) {
    String items =
        List.of("[1,2]", "[1,{\"v\":2},3]", "[]", "[1]", value(dice.get(5)))
            .get(Math.min(4, dice.get(3) / 2));
    List<String> before = references;
    loops++;
    references = new ArrayList<>(before);
    references.add("item");
    references.add("index");
    List<Step> steps = steps(shape.nested().get(0));
    loops--;
    references = before;
    ForEachStep step =
        Step.forEach(
            id,
            items.startsWith("\"") ? items.replace("\"", "") : items,
            steps.toArray(Step[]::new));
    return step.join(join(dice.get(4), 2)).maxConcurrent(concurrency(dice.get(6)));
  }

  private StepOptions options(Shape shape, String id) {
    List<Integer> dice = shape.dice();
    StepOptions options = StepOptions.none();
    if (dice.get(0) >= 10) {
      options = options.when(condition(dice.get(7)));
    }
    if (dice.get(1) >= 9 && shape.type() != Type.STOP) {
      options = options.onError(OnError.CONTINUE);
    }
    if (dice.get(2) >= 6 && shape.type() != Type.STOP) {
      Extract whole = Extract.of(dice.get(2) % 2 == 0 ? "$" : "$.v");
      options = options.extract("c_" + id, dice.get(2) >= 10 ? whole : whole.orElse("5"));
    }
    if (shape.type() == Type.HANDLER && dice.get(6) >= 6) {
      options =
          options.retry(
              StepRetry.attempts(dice.get(6) / 3)
                  .backoff(new BackoffPolicy(Duration.ofSeconds(10), 2, Duration.ofHours(1), 0)));
    }
    if ((shape.type() == Type.WAIT || shape.type() == Type.APPROVAL) && dice.get(3) >= 4) {
      options = options.timeout(TIMES.get(dice.get(3) % TIMES.size()));
    }
    return options;
  }

  private Condition condition(int die) {
    String reference = references.get((die * 5) % references.size());
    return switch (die % 3) {
      case 0 -> Condition.exists(reference);
      case 1 -> Condition.compare("{{" + reference + "}}", Comparison.EQUALS, "1");
      default -> Condition.not(Condition.exists(reference));
    };
  }

  private String value(int die) {
    if (die < 4) {
      return List.of("{\"v\":1}", "1", "null", "{\"v\":[1,2]}").get(die);
    }
    String reference = references.get(references.size() - 1 - (die * 5) % references.size());
    String whole = "\"{{" + reference + (die >= 10 ? "" : " ?? 0") + "}}\"";
    return die % 2 == 0 ? whole : "{\"v\":" + whole + "}";
  }
}
