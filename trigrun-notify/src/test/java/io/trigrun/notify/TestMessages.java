package io.trigrun.notify;

import io.trigrun.Trigger;
import io.trigrun.notify.provider.ApprovalSubject;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.HostSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MonitorSubject;
import io.trigrun.notify.provider.NoteSubject;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.RunDetail;
import io.trigrun.notify.provider.RunReference;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  public static final String REVIEW_URL =
      "https://flows.example.com/v1/approvals/wt1.k1.cmV2aWV3LzA.bm9ib2R5LWd1ZXNzZXMtdGhpcw";

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

  /** What a run asks anna. */
  public static Message approval() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Order", "4711");
    fields.put("Amount", "120 €");
    return new Message(
        "approval.required",
        AT,
        new ApprovalSubject(
            new RunReference(RUN, Optional.of(JOB), Optional.of("Refunds")),
            "review",
            "Refund order 4711?",
            "The customer has sent it back.",
            fields,
            Optional.of("anna"),
            Optional.of(URI.create(REVIEW_URL)),
            AT.plusSeconds(3_600)),
        Notice.of("Approval needed: Refund order 4711?", Tone.WARNING)
            .withText("The customer has sent it back.")
            .withFacts(
                List.of(
                    new Fact("For", "anna"),
                    new Fact("Decide by", "2026-03-16 11:00:00 UTC"),
                    new Fact("Job", "Refunds"),
                    new Fact("Order", "4711"),
                    new Fact("Amount", "120 €"),
                    new Fact("Execution", RUN.toString())))
            .withLink(Optional.of(URI.create(REVIEW_URL))));
  }

  /** What a run without a job has to say. */
  public static Message note() {
    return new Message(
        "execution.message",
        AT,
        new NoteSubject(
            new RunReference(RUN, Optional.empty(), Optional.empty()),
            "Refunds are done",
            "All of them.",
            Map.of("Orders", "12")),
        Notice.of("Refunds are done", Tone.NEUTRAL)
            .withText("All of them.")
            .withFacts(List.of(new Fact("Orders", "12"))));
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
