package io.trigrun.workflow.internal.jsonpath;

/** How much work is left: the same on each machine, without a clock. */
final class Steps {

  /** Less than a tenth of a second. */
  static final int MOST = 2_000_000;

  private int left = MOST;

  void take(int steps) {
    left -= steps;
    if (left < 0) {
      throw new QueryLimitException(MOST + " steps");
    }
  }
}
