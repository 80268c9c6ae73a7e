package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Step;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Closes waits of branches that were given up. Only when it is on record that they were: a run that
 * is taken over before that may go another way. An answer that was faster counts, and is on record
 * as the end of its step; all later ones are told that it is over.
 */
final class Closing {

  private final Walk walk;
  private final Waits waits;

  Closing(Walk walk) {
    this.walk = walk;
    this.waits = new Waits(walk);
  }

  void run() {
    Map<String, Instant> givenUp = new LinkedHashMap<>(walk.state.givenUp);
    walk.state.givenUp.clear();
    givenUp.forEach(this::close);
  }

  private void close(String waitKey, Instant startedAt) {
    WaitKey parts = WaitKey.parse(waitKey);
    Step step = walk.plan.step(parts.stepId()).orElseThrow();
    List<String> keys = Waits.keys(step, waitKey);
    for (String key : keys) {
      walk.state.inbox.computeIfAbsent(key, walk.world::expire);
    }
    Loops loops = Loops.at(parts.iteration());
    waits
        .answer(step, keys)
        .map(end -> StepRecord.ended(step, loops, waitKey, 1, startedAt, walk.now(), end))
        .ifPresent(walk::note);
    keys.forEach(walk.state.inbox::remove);
  }
}
