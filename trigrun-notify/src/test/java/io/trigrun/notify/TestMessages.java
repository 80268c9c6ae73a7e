package io.trigrun.notify;

import io.trigrun.Trigger;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.HostSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MonitorSubject;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.RunDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages for the tests of providers, always the same. */
public final class TestMessages {

  public static final UUID JOB = UUID.fromString("019547f8-0000-7000-8000-000000000001");
  public static final UUID RUN = UUID.fromString("019547f8-0000-7000-8000-000000000002");
  public static final UUID MONITOR = UUID.fromString("019547f8-0000-7000-8000-000000000003");
  public static final Instant AT = Instant.parse("2026-03-16T10:00:00Z");
  public static final DeliveryStamp STAMP =
      new DeliveryStamp(
          UUID.fromString("019547f8-0000-7000-8000-000000000009"),
          "execution.failed",
          1,
          Instant.parse("2026-03-16T10:00:05Z"));

  private TestMessages() {}

  /** The guide's example. */
  public static Message failed() {
    return failed(Optional.of("{\"rows\":12.50}"));
  }

  public static Message failed(Optional<String> output) {
    return execution(
        "execution.failed",
        new ExecutionSubject(
            JOB,
            "Nightly sync",
            RUN,
            "failed",
            Optional.of(500),
            Optional.of("Internal Server Error"),
            Optional.of("HTTP_5XX"),
            output,
            new RunDetail(3, true, Trigger.SCHEDULE, AT)),
        notice("Nightly sync failed", Tone.BAD, Optional.of("Internal Server Error")));
  }

  /** A failure of a run that came about in this way. */
  public static Message failed(RunDetail run) {
    return execution(
        "execution.failed",
        new ExecutionSubject(
            JOB,
            "Nightly sync",
            RUN,
            "failed",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            run),
        Notice.of("Nightly sync failed", Tone.BAD));
  }

  /** As little as there can be. */
  public static Message succeeded(String jobName) {
    return execution(
        "execution.succeeded",
        new ExecutionSubject(
            JOB,
            jobName,
            RUN,
            "succeeded",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new RunDetail(1, false, Trigger.SCHEDULE, AT)),
        Notice.of(jobName + " succeeded", Tone.GOOD));
  }

  /** A failure with the notice that a test wants to see rendered. */
  public static Message failed(Notice notice) {
    Message message = failed();
    return new Message(message.event(), message.at(), message.subject(), notice);
  }

  /** The same of a command that ended with this code. */
  public static Message exited(Message message, int code) {
    ExecutionSubject about = (ExecutionSubject) message.subject();
    ExecutionSubject subject =
        new ExecutionSubject(
            about.jobId(),
            about.jobName(),
            about.executionId(),
            code == 0 ? "succeeded" : "failed",
            Optional.of(code),
            about.bodyPreview(),
            Optional.empty(),
            about.output(),
            new RunDetail(
                about.run().attempt(),
                about.run().retriesExhausted(),
                about.run().trigger(),
                about.run().scheduledFor(),
                Optional.of(code),
                about.run().reason(),
                about.run().triggered(),
                about.run().parent()));
    return new Message(message.event(), message.at(), subject, message.notice());
  }

  public static Message down() {
    return new Message(
        "monitor.down",
        AT,
        new MonitorSubject(
            MONITOR, "API Health", Duration.ofSeconds(60), Optional.empty(), Optional.empty()),
        Notice.of("API Health is down", Tone.BAD)
            .withFacts(List.of(new Fact("Status", "down"), new Fact("Last ping", "never"))));
  }

  public static Message published(String event, String payload, Notice notice) {
    return new Message(event, AT, new HostSubject(payload), notice);
  }

  private static Notice notice(String title, Tone tone, Optional<String> output) {
    return Notice.of(title, tone)
        .withFacts(
            List.of(
                new Fact("Status", "failed"),
                new Fact("Status code", "500"),
                new Fact("Error", "HTTP_5XX"),
                new Fact("Reason", "status: expected 200, got 500"),
                new Fact("Attempt", "3"),
                new Fact("Execution", RUN.toString())))
        .withOutput(output);
  }

  private static Message execution(String event, ExecutionSubject subject, Notice notice) {
    return new Message(event, AT, subject, notice);
  }
}
