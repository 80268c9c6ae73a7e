package io.trigrun.examples.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Words that lists can be narrowed to. */
final class Statuses {

  private static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");

  private Statuses() {}

  /** Whether an execution has ended. */
  static boolean isFinal(String status) {
    return FINAL.contains(status);
  }

  static final class OfDelivery implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("pending", "processing", "sent", "failed").iterator();
    }
  }

  static final class OfExecution implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("queued", "running", "waiting", "succeeded", "failed", "cancelled").iterator();
    }
  }
}
