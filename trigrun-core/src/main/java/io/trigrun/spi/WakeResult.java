package io.trigrun.spi;

import io.trigrun.ExecutionState;

/** What became of a {@link WakeUp}. */
public sealed interface WakeResult {

  /** It won: the execution was parked on the key, and goes on. */
  record Woken() implements WakeResult {}

  /** It won: the execution is not parked on the key yet, and will not park when it gets there. */
  record Kept() implements WakeResult {}

  /** Another one won before, or this very one, repeated. */
  record Lost(WakeUp winner) implements WakeResult {}

  /** The execution has ended without anyone winning. */
  record Ended(ExecutionState state) implements WakeResult {}

  /** There is no such execution. */
  record Unknown() implements WakeResult {}
}
