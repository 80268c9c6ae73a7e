package io.trigrun.examples.quickstart;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.Trigger;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.event.TrigRunListener;
import java.util.UUID;
import java.util.function.Function;

/** Says on the console what the engine does. */
record Narrator(Console console, Function<UUID, String> jobNames) implements TrigRunListener {

  @Override
  public void on(TrigRunEvent event) {
    if (event instanceof TrigRunEvent.AttemptEnded ended
        && ended.execution().trigger() != Trigger.SYSTEM) {
      ended.attempt().ifPresent(attempt -> tell(ended.execution(), attempt));
    }
  }

  private void tell(Execution execution, Attempt attempt) {
    String what = execution.jobId().map(jobNames).orElse(execution.handler());
    String how = attempt.errorClass().orElse("") + " " + attempt.status();
    console.say(
        "trigrun",
        "%s, attempt %d: %s; now %s"
            .formatted(what, attempt.number(), how.strip(), execution.state()));
  }
}
