package io.trigrun.internal;

import io.trigrun.ExecutionState;
import io.trigrun.spi.Applied;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.Lease;
import java.util.List;

/** A success that was recorded in a session of the host, which may commit it or not. */
record InSession(Concluded concluded, Applied.Done applied) {

  /** Whether it holds. Nobody else makes a success of this lease once this was recorded. */
  boolean isCommitted(JobStore store) {
    Lease lease = concluded.transition().lease();
    return store.findExecutions(List.of(lease.executionId())).stream()
        .anyMatch(
            execution ->
                execution.state() == ExecutionState.SUCCEEDED
                    && execution.lease() == lease.number());
  }
}
