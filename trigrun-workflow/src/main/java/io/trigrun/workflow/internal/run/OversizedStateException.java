package io.trigrun.workflow.internal.run;

/** A run has come to keep more than stores can hold. */
final class OversizedStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OversizedStateException(String expected) {
    super("expected " + expected);
  }
}
