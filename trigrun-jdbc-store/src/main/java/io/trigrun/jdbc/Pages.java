package io.trigrun.jdbc;

import io.trigrun.Cursor;
import io.trigrun.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages of lists. */
final class Pages {

  private Pages() {}

  /** A page of at most {@code limit} of the found items, of which there may be one more. */
  static <T> Page<T> page(List<T> found, int limit, Function<T, Cursor> place) {
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, Optional.of(place.apply(items.get(limit - 1))));
  }
}
