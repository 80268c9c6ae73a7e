package io.trigrun;

/**
 * Runs a Java handler of the host.
 *
 * @param handler the name it is registered under
 * @param payload its input: an object that the TrigRun's {@link io.trigrun.handler.PayloadCodec}
 *     can write, or a {@link Json} text
 */
public record HandlerCall(String handler, Object payload) implements JobAction {

  public HandlerCall {
    HandlerNames.requireOfHost(handler);
  }

  /** A call without input. */
  public static HandlerCall of(String handler) {
    return new HandlerCall(handler, Json.EMPTY_OBJECT);
  }
}
