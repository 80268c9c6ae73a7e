package io.trigrun.egress;

import io.trigrun.validation.Problem;
import java.io.IOException;

/**
 * A call was not made because the {@link EgressPolicy} refuses where it goes. No byte of it was
 * sent there.
 */
public final class EgressRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final boolean mayChange;

  /**
   * @param problem what was expected, what came, and the fix; holds no path and no query
   * @param mayChange see {@link #mayChange()}
   */
  public EgressRefusedException(Problem problem, boolean mayChange) {
    super(problem.message());
    this.problem = problem;
    this.mayChange = mayChange;
  }

  public Problem problem() {
    return problem;
  }

  /**
   * Whether it was an address that was refused, and its name may have another one at the next
   * attempt. If not, no attempt will help until the URL or the policy is changed.
   */
  public boolean mayChange() {
    return mayChange;
  }
}
