package io.trigrun.notify;

import io.trigrun.http.BodyPreview;
import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorChange;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MonitorSubject;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a change of a monitor into a message. */
final class MonitorMessages {

  private static final int NAME_BYTES = 800;

  private MonitorMessages() {}

  static Message of(MonitorChange change) {
    Monitor monitor = change.monitor();
    boolean recovered = change.kind() == MonitorChange.Kind.RECOVERED;
    MonitorSubject subject =
        new MonitorSubject(
            monitor.id(),
            BodyPreview.cut(monitor.name(), NAME_BYTES),
            monitor.spec().expectedInterval(),
            monitor.lastPingAt(),
            recovered
                ? Optional.of(Duration.between(change.downSince(), change.at()))
                : Optional.empty());
    return new Message(
        change.kind().wireName(), change.at(), subject, notice(subject, change, recovered));
  }

  private static Notice notice(MonitorSubject subject, MonitorChange change, boolean recovered) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Status", recovered ? "up" : "down"));
    facts.add(new Fact("Expected every", Spans.of(subject.expectedInterval())));
    facts.add(
        new Fact("Last ping", subject.lastPingAt().map(MonitorMessages::second).orElse("never")));
    facts.add(new Fact("Down since", second(change.downSince())));
    subject.downFor().ifPresent(time -> facts.add(new Fact("Down for", Spans.of(time))));
    return Notice.of(
            Titles.line(subject.name(), recovered ? "has recovered" : "is down"),
            recovered ? Tone.GOOD : Tone.BAD)
        .withFacts(facts);
  }

  static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
