package io.trigrun.notify;

import io.trigrun.Labels;
import io.trigrun.notify.FlapStep.Telling;
import io.trigrun.notify.provider.Message;
import io.trigrun.spi.Definition;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an up or down means for one channel whose rules know flapping.
 *
 * @param rule the one that says what is flapping
 * @param about the job or monitor
 */
record FlapDecision(RuleDocument rule, Definition about, FlapDocument before, FlapStep step) {

  /** Whether what happened itself is told. */
  boolean lets() {
    return step.telling() == Telling.NEWS;
  }

  /** What is stored with the event: the history, the notices, and the watch over a new spell. */
  WriteSet writes(Occurrence occurrence, Fanout fanout) {
    if (step.after().equals(before.history())) {
      return WriteSet.empty();
    }
    FlapDocument after = before.next(step.after(), rule.id());
    List<NewExecution> executions = new ArrayList<>();
    step.ended()
        .flatMap(ended -> stopped(before, about, rule, occurrence.at(), fanout))
        .ifPresent(executions::add);
    if (step.telling() == Telling.FLAPPING) {
      started(occurrence, fanout).ifPresent(executions::add);
      executions.add(FlapHandler.watch(after, occurrence.workspace(), flapping(), occurrence.at()));
    }
    return WriteSet.save(after.definition(occurrence.workspace(), occurrence.at()))
        .plus(WriteSet.enqueue(executions));
  }

  private Flapping flapping() {
    return rule.options().flapping().orElseThrow();
  }

  /** In the place of the message about what happened. */
  private Optional<NewExecution> started(Occurrence occurrence, Fanout fanout) {
    return notice(
        NotificationEvent.FLAPPING_STARTED,
        FlapMessages.started(about, step.after(), flapping()),
        occurrence.key(),
        occurrence.since(),
        occurrence.subject(),
        occurrence.at(),
        rule,
        about,
        fanout);
  }

  /**
   * The message that a time of flapping is over.
   *
   * @param before what was known at its end
   * @param now when that was found out
   */
  static Optional<NewExecution> stopped(
      FlapDocument before, Definition about, RuleDocument rule, Instant now, Fanout fanout) {
    Flapping flapping = rule.options().flapping().orElseThrow();
    Instant at = before.history().steadyAt(flapping).orElseThrow();
    return notice(
        NotificationEvent.FLAPPING_STOPPED,
        FlapMessages.stopped(about, before.history(), at),
        "steady/" + before.id() + "/" + before.version(),
        Optional.empty(),
        FlapMessages.isMonitor(about)
            ? DeliverySubject.monitor(about.id())
            : DeliverySubject.job(about.id()),
        now,
        rule,
        about,
        fanout);
  }

  private static Optional<NewExecution> notice(
      NotificationEvent event,
      Message message,
      String key,
      Optional<Instant> since,
      DeliverySubject subject,
      Instant now,
      RuleDocument rule,
      Definition about,
      Fanout fanout) {
    Occurrence occurrence =
        new Occurrence(
            about.workspace(),
            key,
            since,
            Optional.empty(),
            Labels.none(),
            subject,
            now,
            List.of(event),
            name -> message);
    return fanout.to(rule.channelId(), occurrence, new Hearing(event, rule.options().template()));
  }
}
