package io.trigrun.workflow.internal.expression;

/** A template has no value at this moment of a run. Its message shows no value. */
public abstract class RenderingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String pointer;

  RenderingException(String pointer, String message) {
    super((pointer.isEmpty() ? "" : pointer + ": ") + message);
    this.pointer = pointer;
  }

  /** Where the template stands: {@code /steps/2/request/url}. */
  public String pointer() {
    return pointer;
  }
}
