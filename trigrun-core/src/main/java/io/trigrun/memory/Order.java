package io.trigrun.memory;

import io.trigrun.Cursor;
import io.trigrun.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The order of lists: newest first, ids as unsigned numbers (as databases compare them). */
final class Order {

  static final Comparator<UUID> UNSIGNED =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };

  private Order() {}

  /** Whether an item comes after a place in a list that is newest first. */
  static boolean isAfter(Instant createdAt, UUID id, Cursor place) {
    int byTime = createdAt.compareTo(place.createdAt());
    return byTime < 0 || (byTime == 0 && UNSIGNED.compare(id, place.id()) < 0);
  }

  /** A page of at most {@code limit} of the found items, of which there may be one more. */
  static <T> Page<T> page(List<T> found, int limit, Function<T, Cursor> place) {
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, Optional.of(place.apply(items.get(limit - 1))));
  }
}
