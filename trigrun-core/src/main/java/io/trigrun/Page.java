package io.trigrun;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next pass it on to get what follows; empty on the last page
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {

  public Page {
    items = List.copyOf(items);
  }
}
