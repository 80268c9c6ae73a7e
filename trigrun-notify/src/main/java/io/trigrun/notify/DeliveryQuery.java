package io.trigrun.notify;

import io.trigrun.Cursor;
import io.trigrun.validation.Problems;
import java.util.Optional;

/**
 * Which deliveries to list, newest first.
 *
 * @param kind notifications or callbacks
 * @param status only those that stand there
 * @param after only what follows this place
 * @param limit 1 to 1,000, 50 by default
 */
public record DeliveryQuery(
    DeliveryKind kind, Optional<DeliveryStatus> status, Optional<Cursor> after, int limit) {

  public DeliveryQuery {
    Problems.require(limit >= 1 && limit <= 1_000, "limit", "1 to 1,000", limit);
  }

  /** All notifications of the workspace, 50 a page. */
  public static DeliveryQuery all() {
    return new DeliveryQuery(DeliveryKind.NOTIFICATION, Optional.empty(), Optional.empty(), 50);
  }

  /** All callbacks of the workspace, 50 a page. */
  public static DeliveryQuery callbacks() {
    return new DeliveryQuery(DeliveryKind.CALLBACK, Optional.empty(), Optional.empty(), 50);
  }

  public DeliveryQuery status(DeliveryStatus wanted) {
    return new DeliveryQuery(kind, Optional.of(wanted), after, limit);
  }

  public DeliveryQuery after(Cursor place) {
    return new DeliveryQuery(kind, status, Optional.of(place), limit);
  }

  public DeliveryQuery limit(int count) {
    return new DeliveryQuery(kind, status, after, count);
  }
}
