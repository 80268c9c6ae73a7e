package io.trigrun.jdbc;

import io.trigrun.spi.Applied;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.Transition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * {@link io.trigrun.spi.JobStore#apply} where the database takes arrays: transitions that only end
 * their executions in one statement, those in the middle of an attempt and parks in another, what
 * these enqueue in a third, all else one by one.
 */
final class BulkApply {

  private BulkApply() {}

  /** Whether one statement will do, which needs no transaction around it. */
  static boolean isOneStatement(List<Transition> transitions) {
    return (BulkFinish.suitable(transitions).size() == transitions.size()
            || BulkFinish.alone(transitions, BulkBoundary::isSuitable).size() == transitions.size())
        && transitions.stream().allMatch(one -> one.followUps().enqueue().isEmpty());
  }

  static List<Applied> run(Transaction transaction, List<Transition> transitions)
      throws SQLException {
    List<Transition> suitable = BulkFinish.suitable(transitions);
    Set<UUID> done = new HashSet<>();
    if (!suitable.isEmpty()) {
      done.addAll(BulkFinish.run(transaction, suitable));
      done.addAll(keepingKeys(transaction, BulkFinish.without(done, suitable)));
    }
    done.addAll(
        BulkBoundary.run(transaction, BulkFinish.alone(transitions, BulkBoundary::isSuitable)));
    Set<UUID> deferred =
        BulkDefer.run(transaction, BulkFinish.alone(transitions, BulkDefer::isSuitable));
    List<Transition> rest = new ArrayList<>();
    List<NewExecution> followUps = new ArrayList<>();
    for (Transition transition : transitions) {
      if (done.contains(transition.lease().executionId())) {
        followUps.addAll(transition.followUps().enqueue());
      } else if (!deferred.contains(transition.lease().executionId())) {
        rest.add(transition);
      }
    }
    Iterator<Enqueued> enqueued = new BulkEnqueue(transaction).run(followUps).iterator();
    Iterator<Applied> others =
        (rest.isEmpty() ? List.<Applied>of() : ApplyOperation.run(transaction, rest)).iterator();
    List<Applied> results = new ArrayList<>(transitions.size());
    for (Transition transition : transitions) {
      results.add(
          deferred.contains(transition.lease().executionId())
              ? new Applied.Done(List.of())
              : done.contains(transition.lease().executionId())
                  ? new Applied.Done(next(enqueued, transition.followUps().enqueue().size()))
                  : others.next());
    }
    return results;
  }

  private static Set<UUID> keepingKeys(Transaction transaction, List<Transition> left)
      throws SQLException {
    List<Transition> ends = BulkFinish.suitableWithKeys(left);
    return ends.isEmpty() ? Set.of() : BulkFinish.runKeepingKeys(transaction, ends);
  }

  private static List<Enqueued> next(Iterator<Enqueued> enqueued, int count) {
    List<Enqueued> taken = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      taken.add(enqueued.next());
    }
    return taken;
  }
}
