package io.trigrun.workflow.internal.run;

import io.trigrun.Json;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.definition.Condition;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.ForEachStep;
import io.trigrun.workflow.definition.HttpStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.internal.expression.JsonPath;
import io.trigrun.workflow.internal.expression.Reference;
import io.trigrun.workflow.internal.expression.Root;
import io.trigrun.workflow.internal.expression.Scope;
import io.trigrun.workflow.internal.expression.TemplateString;
import io.trigrun.workflow.internal.expression.TemplateTree;
import io.trigrun.workflow.internal.http.StepCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A workflow made ready to run: its templates are parsed once, when they are first needed. Shared
 * by all runs of the same definition; thread-safe.
 */
final class Plan {

  private final Workflow workflow;
  private final String text;
  private final Map<String, Integer> loops = new HashMap<>();
  private final Map<String, Step> steps = new HashMap<>();
  private final Map<String, TemplateTree> trees = new ConcurrentHashMap<>();
  private final Map<String, TemplateString> texts = new ConcurrentHashMap<>();
  private final Map<String, StepCall> calls = new ConcurrentHashMap<>();
  private final Map<String, JsonPath> paths = new ConcurrentHashMap<>();
  private final Map<String, Reference> references = new ConcurrentHashMap<>();

  /**
   * @param text the definition, to see who refers to whom
   */
  Plan(Workflow workflow, String text) {
    this.workflow = workflow;
    this.text = text;
    walk(workflow.steps(), 0);
  }

  private void walk(List<Step> list, int depth) {
    for (Step step : list) {
      loops.put(step.id(), depth);
      steps.put(step.id(), step);
      int inside = step instanceof ForEachStep ? depth + 1 : depth;
      step.nested().forEach(nested -> walk(nested.steps(), inside));
    }
  }

  Workflow workflow() {
    return workflow;
  }

  Optional<Step> step(String id) {
    return Optional.ofNullable(steps.get(id));
  }

  /** In how many for-eaches a step is. */
  int loopsAround(String stepId) {
    return loops.getOrDefault(stepId, 0);
  }

  /**
   * Whether somebody may ask for its output later: too often yes is no harm. Within brackets an id
   * may be written in several ways.
   */
  boolean isReferred(String stepId) {
    return text.contains("steps." + stepId) || text.contains("steps[");
  }

  /** The request of an HTTP step. */
  StepCall call(HttpStep step) {
    return calls.computeIfAbsent(
        step.id(), id -> StepCall.of("/" + id + "/request", step.request()));
  }

  JsonNode render(Json template, Scope scope) {
    return trees
        .computeIfAbsent(
            template.text(),
            json -> checked(problems -> TemplateTree.parse("", Nodes.read(json), problems)))
        .render(scope);
  }

  String render(String template, Scope scope) {
    return texts
        .computeIfAbsent(
            template, it -> checked(problems -> TemplateString.parse("", it, problems)))
        .renderText(scope);
  }

  /** What a path finds; its default if it finds nothing; empty if it has none. */
  Optional<JsonNode> extract(Extract extract, JsonNode output) {
    return paths
        .computeIfAbsent(
            extract.path(), it -> checked(problems -> JsonPath.parse("", it, problems)))
        .find(output)
        .or(() -> extract.byDefault().map(json -> Nodes.read(json.text())));
  }

  /** Whether it holds; what is not there is {@code null} to it. */
  boolean holds(Condition condition, Scope scope) {
    return isTrue(
        condition, reference -> scope.find(reference).or(() -> Optional.of(Nodes.nothing())));
  }

  private boolean isTrue(Condition condition, Scope scope) {
    if (condition instanceof Condition.Compare compare) {
      return Comparisons.holds(
          compare.is(), render(compare.left(), scope), render(compare.right(), scope));
    }
    if (condition instanceof Condition.Exists exists) {
      Reference reference =
          references.computeIfAbsent(
              exists.reference(),
              it ->
                  checked(problems -> Reference.parse("", it, Root.DATA, problems).orElseThrow()));
      return scope.find(reference).filter(value -> !value.isNull()).isPresent();
    }
    if (condition instanceof Condition.All all) {
      return all.conditions().stream().allMatch(one -> isTrue(one, scope));
    }
    if (condition instanceof Condition.AnyOf any) {
      return any.conditions().stream().anyMatch(one -> isTrue(one, scope));
    }
    return !isTrue(((Condition.Not) condition).condition(), scope);
  }

  /** It was checked when the workflow was made. */
  private static <T> T checked(Function<Problems, T> parse) {
    Problems problems = new Problems();
    T parsed = parse.apply(problems);
    problems.throwIfAny();
    return parsed;
  }
}
