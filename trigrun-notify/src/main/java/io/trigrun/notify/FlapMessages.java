package io.trigrun.notify;

import io.trigrun.http.BodyPreview;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.internal.Timestamps;
import io.trigrun.notify.provider.HostSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.spi.Definition;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Says that a job or monitor is flapping, or is not any more. */
final class FlapMessages {

  private static final int NAME_BYTES = 800;

  private FlapMessages() {}

  /**
   * That it is flapping from now on.
   *
   * @param about the job or monitor
   */
  static Message started(Definition about, FlapHistory history, Flapping flapping) {
    FlapHistory.Spell spell = history.spell().orElseThrow();
    return new Message(
        NotificationEvent.FLAPPING_STARTED.wireName(),
        spell.latest(),
        subject(NotificationEvent.FLAPPING_STARTED, about, history, spell.latest()),
        Notice.of(Titles.line(about.name(), "is flapping"), Tone.WARNING)
            .withText(
                "You hear no more of its ups and downs until it has been steady for "
                    + Spans.of(flapping.steadyFor())
                    + ".")
            .withFacts(facts(about, history)));
  }

  /**
   * That it is steady again.
   *
   * @param history that of its time of flapping
   * @param at since when it counts as steady
   */
  static Message stopped(Definition about, FlapHistory history, Instant at) {
    return new Message(
        NotificationEvent.FLAPPING_STOPPED.wireName(),
        at,
        subject(NotificationEvent.FLAPPING_STOPPED, about, history, at),
        Notice.of(
                Titles.line(about.name(), "is steady again: " + status(about, history)),
                history.standing() == Standing.UP ? Tone.GOOD : Tone.BAD)
            .withFacts(facts(about, history)));
  }

  private static List<Fact> facts(Definition about, FlapHistory history) {
    FlapHistory.Spell spell = history.spell().orElseThrow();
    return List.of(
        new Fact("Status", status(about, history)),
        new Fact("Changes", Integer.toString(spell.changes())),
        new Fact("First", MonitorMessages.second(spell.since())),
        new Fact("Latest", MonitorMessages.second(spell.latest())));
  }

  private static HostSubject subject(
      NotificationEvent event, Definition about, FlapHistory history, Instant at) {
    FlapHistory.Spell spell = history.spell().orElseThrow();
    ObjectNode json = JsonText.object().put("event", event.wireName());
    json.putObject(isMonitor(about) ? "monitor" : "job")
        .put("id", about.id().toString())
        .put("name", BodyPreview.cut(about.name(), NAME_BYTES));
    json.put("status", status(about, history))
        .put("changes", spell.changes())
        .put("since", Timestamps.millis(spell.since()))
        .put("timestamp", Timestamps.millis(at));
    return new HostSubject(JsonText.write(json));
  }

  private static String status(Definition about, FlapHistory history) {
    boolean up = history.standing() == Standing.UP;
    if (isMonitor(about)) {
      return up ? "up" : "down";
    }
    return up ? "succeeded" : "failed";
  }

  static boolean isMonitor(Definition about) {
    return about.kind().equals(Rules.MONITOR_KIND);
  }
}
