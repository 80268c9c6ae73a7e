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
          "on_error",
          "on_retries_exhausted",
          "on_approval_required",
          "on_down",
          "on_recovery",
          "on_channel_disabled");

  @Override
  public Iterator<String> iterator() {
    return NAMES.iterator();
  }
}
