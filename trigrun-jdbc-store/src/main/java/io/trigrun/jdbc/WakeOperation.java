package io.trigrun.jdbc;

import io.trigrun.ExecutionState;
import io.trigrun.spi.WakeResult;
import io.trigrun.spi.WakeUp;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** {@link io.trigrun.spi.JobStore#wake}. */
final class WakeOperation {

  private WakeOperation() {}

  static WakeResult run(Transaction transaction, WakeUp wakeUp) throws SQLException {
    Rows rows = new Rows(transaction);
    rows.lock(List.of(wakeUp.executionId()));
    Optional<ExecutionRow> found = rows.find(wakeUp.executionId());
    if (found.isEmpty()) {
      return new WakeResult.Unknown();
    }
    ExecutionRow row = found.get();
    Wakes wakes = new Wakes(transaction);
    if (row.hasWakes) {
      Optional<WakeUp> winner = wakes.winner(row.id, wakeUp.waitKey());
      if (winner.isPresent()) {
        return new WakeResult.Lost(winner.get());
      }
    }
    if (row.state.isFinal()) {
      return new WakeResult.Ended(row.state);
    }
    wakes.add(wakeUp);
    row.hasWakes = true;
    boolean parked = row.state == ExecutionState.WAITING && row.waitKeys.contains(wakeUp.waitKey());
    if (parked) {
      row.wake(wakeUp.at());
    }
    rows.changed(row);
    rows.save();
    return parked ? new WakeResult.Woken() : new WakeResult.Kept();
  }
}
