package io.trigrun.workflow.internal.expression;

/** A reference without a default has found nothing. */
public final class UnresolvedReferenceException extends RenderingException {
  private static final long serialVersionUID = 1L;

  private final transient Reference reference;

  public UnresolvedReferenceException(String pointer, Reference reference) {
    super(
        pointer,
        "expected a value for {{"
            + reference
            + "}}, got nothing; give it one before this step, or a default: {{"
            + reference
            + " ?? \"\"}}");
    this.reference = reference;
  }

  /** What was looked for. */
  public Reference reference() {
    return reference;
  }
}
