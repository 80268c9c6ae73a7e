package io.trigrun.notify;

import io.trigrun.Trigger;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.http.BodyPreview;
import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpReply;
import io.trigrun.http.ResponseJudge;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.RunDetail;
import io.trigrun.notify.provider.StatusTable;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.Host;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends a made-up success through the pipeline of real deliveries, on the calling thread, once, and
 * records nothing.
 */
record TestSend(Host host, DestinationLoader destinations) {

  private static final int LONGEST_REASON = 1_000;

  /** Empty if there is no such channel. */
  Optional<TestResult> to(UUID channelId, String workspace) throws InterruptedException {
    Optional<Destination> destination;
    try {
      destination =
          destinations
              .apply(channelId)
              .filter(found -> found.definition().workspace().equals(workspace));
    } catch (SecretUnavailableException e) {
      return Optional.of(failed(String.valueOf(e.getMessage()), false));
    }
    return destination.isEmpty() ? Optional.empty() : Optional.of(send(destination.get()));
  }

  private TestResult send(Destination to) throws InterruptedException {
    if (to.sender().isEmpty()) {
      return failed(to.unusable().orElseThrow().message(), true);
    }
    Sender sender = to.sender().get();
    Instant now = host.clock().instant();
    DeliveryStamp stamp =
        new DeliveryStamp(TimeOrderedId.at(now), NotificationEvent.ON_SUCCESS.wireName(), 1, now);
    try {
      Rendering rendering = sender.render(message(now));
      return sender instanceof HttpSender<?> http
          ? send(to, http, rendering, stamp)
          : result(
              to,
              ((DirectSender<?>) sender).send(rendering, stamp, DeliveryCall.TIMEOUT),
              Optional.empty());
    } catch (ValidationException e) {
      return failed(to, String.valueOf(e.getMessage()), true);
    } catch (IOException e) {
      boolean refused = e instanceof EgressRefusedException why && !why.mayChange();
      return failed(
          to, ResponseJudge.judge(e, to.redaction()).message().orElse("no answer"), refused);
    } catch (RuntimeException e) { // its message may hold anything
      return failed("the provider failed: " + e.getClass().getSimpleName(), true);
    }
  }

  private TestResult send(
      Destination to, HttpSender<?> sender, Rendering rendering, DeliveryStamp stamp)
      throws IOException, InterruptedException {
    HttpCall call =
        DeliveryCall.of(
            sender.request(rendering, stamp), rendering.contentType(), stamp, Optional.empty());
    HttpReply reply = host.transport().sendAndWait(call);
    return result(
        to, to.classify(sender, reply, host.clock().instant()), Optional.of(reply.status()));
  }

  private static TestResult result(
      Destination to, DeliveryOutcome outcome, Optional<Integer> status) {
    if (outcome instanceof DeliveryOutcome.Sent) {
      return new TestResult.Ok(to.definition().id(), to.type());
    }
    boolean permanent = outcome instanceof DeliveryOutcome.Permanent;
    String reason = BodyPreview.cut(to.redaction().apply(outcome.why()), LONGEST_REASON);
    return new TestResult.Failed(inWords(to.type(), reason), status, permanent);
  }

  /** Vendors' reasons say who answered what; {@link StatusTable}'s don't know who. */
  private static String inWords(String type, String reason) {
    String name = type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
    return reason.startsWith(StatusTable.EXPECTED)
        ? name + " returned " + reason.substring(StatusTable.EXPECTED.length())
        : reason;
  }

  private static TestResult failed(Destination to, String reason, boolean permanent) {
    return failed(BodyPreview.cut(to.redaction().apply(reason), LONGEST_REASON), permanent);
  }

  private static TestResult failed(String reason, boolean permanent) {
    return new TestResult.Failed(reason, Optional.empty(), permanent);
  }

  private static Message message(Instant now) {
    UUID none = new UUID(0, 0);
    return new Message(
        NotificationEvent.ON_SUCCESS.wireName(),
        now,
        new ExecutionSubject(
            none,
            "Test notification",
            none,
            "succeeded",
            Optional.of(200),
            Optional.of("This is a test notification from TrigRun."),
            Optional.empty(),
            Optional.empty(),
            new RunDetail(1, false, Trigger.RUN_NOW, now)),
        Notice.of("Test notification succeeded", Tone.GOOD)
            .withText("This is a test notification from TrigRun.")
            .withFacts(List.of(new Fact("Status", "succeeded"), new Fact("Status code", "200"))));
  }
}
