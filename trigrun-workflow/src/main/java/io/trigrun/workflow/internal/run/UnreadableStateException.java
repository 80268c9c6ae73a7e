package io.trigrun.workflow.internal.run;

/** A checkpoint that this version of the library can't read: a newer one has written it. */
final class UnreadableStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableStateException(RuntimeException cause) {
    super("expected the checkpoint of a workflow, got one that can't be read", cause);
  }
}
