package io.trigrun.examples.cli;

import java.util.Iterator;
import java.util.List;

/** What rules can be about. */
final class Events implements Iterable<String> {

  private static final List<String> NAMES =
      List.of(
          "on_success",
          "on_failure",
          "on_completion",
          "on_approval_required",
          "on_down",
          "on_recovery");

  @Override
  public Iterator<String> iterator() {
    return NAMES.iterator();
  }
}
