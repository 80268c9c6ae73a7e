package io.trigrun;

/**
 * A workspace holds as much as its {@link WorkspaceLimits} allow. Nothing was changed. The message
 * says what of, how many there may be, and the fix.
 */
public final class LimitExceededException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String workspace;
  private final String what;
  private final int limit;

  /** For example {@code ("acme", "channels", 25)}. */
  public LimitExceededException(String workspace, String what, int limit) {
    super(
        what
            + ": expected at most "
            + limit
            + " in workspace "
            + workspace
            + ", got one more; delete one, or raise the limit (TrigRunBuilder.workspaceLimits)");
    this.workspace = workspace;
    this.what = what;
    this.limit = limit;
  }

  /** The name of the workspace. */
  public String workspace() {
    return workspace;
  }

  /** What there is enough of, as {@link WorkspaceLimits} calls it: {@code jobs}, for example. */
  public String what() {
    return what;
  }

  /** How many there may be. */
  public int limit() {
    return limit;
  }
}
