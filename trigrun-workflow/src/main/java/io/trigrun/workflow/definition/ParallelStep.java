package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Goes on in several branches at the same time, which may wait, too (row W10). Its output is an
 * object with the output of each branch by its name; {@code null} for one that was given up.
 *
 * @param join how many have to succeed
 * @param maxConcurrent how many are under way at once: 1 to 100
 */
public record ParallelStep(
    String id, List<Branch> branches, Join join, int maxConcurrent, StepOptions options)
    implements Step {

  static final int DEFAULT_CONCURRENCY = 10;
  private static final int MOST = 100;

  /**
   * One of the ways.
   *
   * @param name as ids are; unique within the step
   */
  public record Branch(String name, List<Step> steps) {
    public Branch {
      steps = List.copyOf(steps);
      StepRules.requireName("name", name);
      Problems.require(!steps.isEmpty(), "steps", "one or more", "none");
    }

    public static Branch of(String name, Step... steps) {
      return new Branch(name, List.of(steps));
    }
  }

  public ParallelStep {
    branches = List.copyOf(branches);
    StepRules.requireId(id);
    Problems.require(
        !branches.isEmpty() && branches.size() <= MOST,
        "branches",
        "1 to " + MOST,
        branches.size());
    Set<String> names = new HashSet<>();
    branches.forEach(
        branch ->
            Problems.require(
                names.add(branch.name()), "branches", "each name once", branch.name() + " twice"));
    Problems.require(
        join.of(branches.size()) <= branches.size(),
        "join",
        "at most the number of branches (" + branches.size() + ")",
        join.count());
    StepRules.requireConcurrency(maxConcurrent);
  }

  @Override
  public String type() {
    return "parallel";
  }

  public ParallelStep join(Join value) {
    return new ParallelStep(id, branches, value, maxConcurrent, options);
  }

  public ParallelStep maxConcurrent(int value) {
    return new ParallelStep(id, branches, join, value, options);
  }

  @Override
  public List<Nested> nested() {
    return java.util.stream.IntStream.range(0, branches.size())
        .mapToObj(i -> new Nested("/branches/" + i + "/steps", branches.get(i).steps()))
        .toList();
  }

  @Override
  public ParallelStep with(StepOptions value) {
    return new ParallelStep(id, branches, join, maxConcurrent, value);
  }
}
