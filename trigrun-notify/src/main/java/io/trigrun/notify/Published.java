package io.trigrun.notify;

import java.util.List;
import java.util.UUID;

/**
 * What became of an event that a host has published.
 *
 * @param deliveryIds one for each channel that hears of it at once; the earlier ones, if the key
 *     was published before
 */
public record Published(List<UUID> deliveryIds) {
  public Published {
    deliveryIds = List.copyOf(deliveryIds);
  }
}
