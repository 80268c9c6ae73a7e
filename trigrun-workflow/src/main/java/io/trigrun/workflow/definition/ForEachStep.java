package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.validation.Problems;
import java.util.List;

/**
 * Runs steps for each element of an array, several at a time (row W10). In them {@code {{item}}} is
 * the element and {@code {{index}}} its place, from 0. Its output is the array of the outputs, in
 * the order of the elements; {@code null} for one that was given up.
 *
 * @param items the array, of at most {@value #MOST_ITEMS} elements: JSON whose strings may be
 *     placeholders, or one placeholder that gives it
 * @param join how many have to succeed
 * @param maxConcurrent how many are under way at once: 1 to 100
 */
public record ForEachStep(
    String id, Json items, List<Step> steps, Join join, int maxConcurrent, StepOptions options)
    implements Step {

  /** The most elements that one may have. */
  public static final int MOST_ITEMS = 10_000;

  static final int DEFAULT_CONCURRENCY = 10;

  public ForEachStep {
    steps = List.copyOf(steps);
    StepRules.requireId(id);
    Problems.require(!steps.isEmpty(), "steps", "one or more", "none");
    StepRules.requireConcurrency(maxConcurrent);
    items = JsonTexts.compact("items", items);
  }

  static Json items(String text) {
    return text.strip().startsWith("{{") ? JsonTexts.string(text.strip()) : new Json(text);
  }

  @Override
  public String type() {
    return "foreach";
  }

  public ForEachStep join(Join value) {
    return new ForEachStep(id, items, steps, value, maxConcurrent, options);
  }

  public ForEachStep maxConcurrent(int value) {
    return new ForEachStep(id, items, steps, join, value, options);
  }

  @Override
  public List<Nested> nested() {
    return List.of(new Nested("/steps", steps));
  }

  @Override
  public ForEachStep with(StepOptions value) {
    return new ForEachStep(id, items, steps, join, maxConcurrent, value);
  }
}
