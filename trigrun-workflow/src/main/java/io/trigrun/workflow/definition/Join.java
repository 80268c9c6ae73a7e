package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;

/**
 * How many branches have to succeed until a {@link ParallelStep} or {@link ForEachStep} goes on
 * (row W10). When that can't be reached any more the step fails; whichever comes first, the
 * branches that are still under way are given up.
 *
 * @param count 0 for all
 */
public record Join(int count) {

  public Join {
    Problems.require(count >= 0, "join", "all, any, or a number of 1 or more", count);
  }

  /** All: the first failure fails the step. The default. */
  public static Join all() {
    return new Join(0);
  }

  /** The first that succeeds. */
  public static Join any() {
    return new Join(1);
  }

  /** As many as this. */
  public static Join atLeast(int count) {
    Problems.require(count >= 1, "join", "1 or more", count);
    return new Join(count);
  }

  /** How many of a number of branches. */
  public int of(int branches) {
    return count == 0 ? branches : count;
  }
}
