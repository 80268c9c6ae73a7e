package io.trigrun.notify;

import io.trigrun.Callbacks;

/** What a {@link Delivery} is. */
public enum DeliveryKind {
  /** A message to a channel, because a rule says so. */
  NOTIFICATION(DeliveryHandler.NAME),
  /** The result of a run to a URL of its job ({@link Callbacks}). */
  CALLBACK(Callbacks.HANDLER);

  private final String handler;

  DeliveryKind(String handler) {
    this.handler = handler;
  }

  /** The handler of the executions that send them. */
  String handler() {
    return handler;
  }

  static boolean isDelivery(String handler) {
    return handler.equals(NOTIFICATION.handler) || handler.equals(CALLBACK.handler);
  }
}
