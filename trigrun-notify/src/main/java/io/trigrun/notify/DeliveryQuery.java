package io.trigrun.notify;

import io.trigrun.Cursor;
import io.trigrun.validation.Problems;
import java.util.Optional;
import java.util.UUID;

/**
 * Which deliveries to list, newest first.
 *
 * @param kind notifications or callbacks
 * @param status only those that stand there
 * @param channelId only those to this channel. Stores do not know channels: one page looks at 2,000
 *     deliveries at most, so that it may have fewer than asked for, even none, although more follow
 * @param after only what follows this place
 * @param limit 1 to 1,000, 50 by default
 */
public record DeliveryQuery(
    DeliveryKind kind,
    Optional<DeliveryStatus> status,
    Optional<UUID> channelId,
    Optional<Cursor> after,
    int limit) {

  public DeliveryQuery {
    Problems.require(limit >= 1 && limit <= 1_000, "limit", "1 to 1,000", limit);
  }

  /** All notifications of the workspace, 50 a page. */
  public static DeliveryQuery all() {
    return of(DeliveryKind.NOTIFICATION);
  }

  /** All callbacks of the workspace, 50 a page. */
  public static DeliveryQuery callbacks() {
    return of(DeliveryKind.CALLBACK);
  }

  /** All of a kind in the workspace, 50 a page. */
  public static DeliveryQuery of(DeliveryKind kind) {
    return new DeliveryQuery(kind, Optional.empty(), Optional.empty(), Optional.empty(), 50);
  }

  public DeliveryQuery status(DeliveryStatus wanted) {
    return new DeliveryQuery(kind, Optional.of(wanted), channelId, after, limit);
  }

  public DeliveryQuery channel(UUID id) {
    return new DeliveryQuery(kind, status, Optional.of(id), after, limit);
  }

  public DeliveryQuery after(Cursor place) {
    return new DeliveryQuery(kind, status, channelId, Optional.of(place), limit);
  }

  public DeliveryQuery limit(int count) {
    return new DeliveryQuery(kind, status, channelId, after, count);
  }
}
