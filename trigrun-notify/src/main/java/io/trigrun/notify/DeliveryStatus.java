package io.trigrun.notify;

import io.trigrun.ExecutionState;
import java.util.Arrays;

/** Where a {@link Delivery} stands (row N14): a view of {@link ExecutionState}. */
public enum DeliveryStatus {
  /** Waits to be sent, the first time or again. */
  PENDING,
  /** Is being sent. */
  PROCESSING,
  /** Has arrived. */
  SENT,
  /** Will not be sent any more, unless it is {@linkplain Deliveries#retry retried}. */
  FAILED;

  static DeliveryStatus of(ExecutionState state) {
    return switch (state) {
      case PENDING, WAITING -> PENDING;
      case RUNNING -> PROCESSING;
      case SUCCEEDED -> SENT;
      case FAILED, CANCELLED -> FAILED;
    };
  }

  ExecutionState[] states() {
    return Arrays.stream(ExecutionState.values())
        .filter(state -> of(state) == this)
        .toArray(ExecutionState[]::new);
  }
}
