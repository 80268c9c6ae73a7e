package io.trigrun.notify;

import io.trigrun.Cursor;
import io.trigrun.validation.Problems;
import java.util.Optional;

/**
 * Which deliveries to list, newest first.
 *
 * @param status only those that stand there
 * @param after only what follows this place
 * @param limit 1 to 1,000, 50 by default
 */
public record DeliveryQuery(Optional<DeliveryStatus> status, Optional<Cursor> after, int limit) {

  public DeliveryQuery {
    Problems.require(limit >= 1 && limit <= 1_000, "limit", "1 to 1,000", limit);
  }

  /** All deliveries of the workspace, 50 a page. */
  public static DeliveryQuery all() {
    return new DeliveryQuery(Optional.empty(), Optional.empty(), 50);
  }

  public DeliveryQuery status(DeliveryStatus wanted) {
    return new DeliveryQuery(Optional.of(wanted), after, limit);
  }

  public DeliveryQuery after(Cursor place) {
    return new DeliveryQuery(status, Optional.of(place), limit);
  }

  public DeliveryQuery limit(int count) {
    return new DeliveryQuery(status, after, count);
  }
}
