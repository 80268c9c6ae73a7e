package io.trigrun.workflow.internal.jsonpath;

/** A text is no query. Its message quotes nothing of it. */
public final class QuerySyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final int at;

  QuerySyntaxException(String expected, int at) {
    super("expected " + expected + " at character " + (at + 1));
    this.expected = expected;
    this.at = at;
  }

  /** What would have been accepted there. */
  public String expected() {
    return expected;
  }

  /** Where it stops being a query: 0 is the first character. */
  public int at() {
    return at;
  }
}
