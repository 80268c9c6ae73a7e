package io.trigrun.workflow.internal.jsonpath;

/** A query was given up: it takes too much work with this document. */
public final class QueryLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueryLimitException(String expected) {
    super("expected a JSONPath that needs at most " + expected + " here, got more");
  }
}
