package io.trigrun.workflow.internal.expression;

/** The values that a template asks for are too much together, or nested too deeply. */
public final class OversizedRenderingException extends RenderingException {
  private static final long serialVersionUID = 1L;

  OversizedRenderingException(String pointer, String expected) {
    super(pointer, "expected " + expected + " once its placeholders are replaced, got more");
  }
}
