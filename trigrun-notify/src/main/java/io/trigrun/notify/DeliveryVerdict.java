package io.trigrun.notify;

import io.trigrun.AttemptStatus;
import io.trigrun.Failure;
import io.trigrun.RetryPolicy;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.http.BodyPreview;
import io.trigrun.http.ErrorClass;
import io.trigrun.http.HttpReply;
import io.trigrun.http.ResponseJudge;
import io.trigrun.http.Verdict;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.Settings;
import io.trigrun.secret.Redaction;
import io.trigrun.spi.Definition;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WriteSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/**
 * Turns what an answer means into what becomes of the delivery (row N15).
 *
 * <p>A receiver that asks to wait is waited for without using up an attempt until the delivery is a
 * day old; from then on each such answer counts, so no delivery waits for ever.
 */
record DeliveryVerdict(RetryPolicy retry, RandomGenerator random) {

  static final Duration PATIENCE = Duration.ofHours(24);
  static final Duration UNTOLD_WAIT = Duration.ofSeconds(60);
  private static final Duration LONGEST_UNTOLD_WAIT = Duration.ofHours(1);
  private static final String REFUSED = "REFUSED";
  static final String RATE_LIMITED = "RATE_LIMITED";
  private static final int PREVIEW_BYTES = 2_048;
  private static final long LONGEST_SPREAD_MILLIS = 10_000;
  private static final String WAITS = "; waits as the receiver asks";

  HandlerResult of(
      RunContext run, Destination destination, DeliveryOutcome meaning, HttpReply reply) {
    Redaction redaction = destination.redaction();
    boolean sent = meaning instanceof DeliveryOutcome.Sent;
    AttemptReport report =
        report(sent ? AttemptStatus.SUCCESS : AttemptStatus.HTTP_ERROR, reply, redaction);
    return of(run, destination, meaning, redaction, "HTTP_" + reply.status() / 100 + "XX", report);
  }

  /** Of a channel that is not reached by HTTP. */
  HandlerResult of(RunContext run, Destination destination, DeliveryOutcome meaning) {
    boolean sent = meaning instanceof DeliveryOutcome.Sent;
    AttemptReport report = report(sent ? AttemptStatus.SUCCESS : AttemptStatus.ERROR);
    return of(run, destination, meaning, destination.redaction(), REFUSED, report);
  }

  private HandlerResult of(
      RunContext run,
      Destination destination,
      DeliveryOutcome meaning,
      Redaction redaction,
      String errorClass,
      AttemptReport report) {
    if (meaning instanceof DeliveryOutcome.Sent) {
      return HandlerResult.of(new Outcome.Succeeded(Optional.empty(), report));
    }
    if (meaning instanceof DeliveryOutcome.RateLimited limited) {
      return limited(run, destination, limited, report);
    }
    if (meaning instanceof DeliveryOutcome.Transient transientFailure) {
      return HandlerResult.of(
          failed(errorClass, redaction.apply(transientFailure.reason()), true, report));
    }
    if (meaning instanceof DeliveryOutcome.Permanent permanent) {
      String advice =
          permanent.fault() == DeliveryOutcome.Fault.GONE
                  && destination.noise().autoDisable().isEmpty()
              ? "; the receiver wants no more messages: change the channel or delete it"
              : "";
      return HandlerResult.of(
          failed(errorClass, redaction.apply(permanent.reason()) + advice, false, report));
    }
    DeliveryOutcome.Misdirected moved = (DeliveryOutcome.Misdirected) meaning;
    return HandlerResult.of(
        failed(errorClass, redaction.apply(moved.reason()), true, report),
        WriteSet.save(moved(destination, moved.settings(), run.now())));
  }

  /** There was no answer: the network, or a request that could not be made. */
  HandlerResult unanswered(Throwable failure, Redaction redaction) {
    Verdict verdict = ResponseJudge.judge(failure, redaction);
    String errorClass = verdict.errorClass().orElse(ErrorClass.TRANSPORT_ERROR);
    boolean refusedForGood = cause(failure) instanceof EgressRefusedException e && !e.mayChange();
    return HandlerResult.of(
        failed(
            errorClass,
            verdict.message().orElse("no answer"),
            !refusedForGood && !errorClass.equals(ErrorClass.INVALID_REQUEST),
            report(verdict.status())));
  }

  /** A channel that is not reached by HTTP was not reached at all. */
  HandlerResult unreached(Throwable failure, Redaction redaction) {
    Throwable cause = cause(failure);
    boolean network = cause instanceof IOException;
    String reason =
        network
            ? String.valueOf(cause.getMessage())
            : "the provider failed: " + cause.getClass().getSimpleName();
    return HandlerResult.of(
        failed(
            network ? ErrorClass.TRANSPORT_ERROR : ErrorClass.INVALID_REQUEST,
            BodyPreview.cut(redaction.apply(reason), PREVIEW_BYTES),
            network,
            report(network ? AttemptStatus.CONNECTION_ERROR : AttemptStatus.ERROR)));
  }

  private static AttemptReport report(AttemptStatus status) {
    return new AttemptReport(status, Optional.empty(), Optional.empty(), Map.of());
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /**
   * The whole channel waits, so that a thousand deliveries don't each find out; if another node has
   * written that meanwhile, this attempt is made again and waits for that.
   */
  private HandlerResult limited(
      RunContext run,
      Destination destination,
      DeliveryOutcome.RateLimited limited,
      AttemptReport report) {
    Duration backoff = retry.backoff().delay(Math.max(1, run.attempt()), random);
    Duration asked = limited.retryAfter().orElseGet(() -> untold(run));
    Duration wait = asked.compareTo(backoff) > 0 ? asked : backoff;
    Instant until = run.now().plus(wait);
    WriteSet pause =
        WriteSet.save(
            destination
                .state()
                .pausedUntil(run.now().plus(asked))
                .next(destination.definition(), run.now()));
    String reason = destination.redaction().apply(limited.reason());
    if (isPatient(run)) {
      run.progress(0, reason + WAITS);
      return HandlerResult.of(
          new Outcome.Later(until, false, Optional.empty(), Optional.of(report)), pause);
    }
    return HandlerResult.of(failed(RATE_LIMITED, reason, true, report).retryAfter(wait), pause);
  }

  /** The receiver has asked for a pause and it is not over: nothing is sent. */
  HandlerResult paused(RunContext run, Destination destination) {
    Instant until = destination.state().pausedUntil().orElse(run.now());
    Duration pause = Duration.between(run.now(), until);
    // Not all at once when it is over.
    Instant at =
        until.plusMillis(
            random.nextLong(1 + Math.min(LONGEST_SPREAD_MILLIS, pause.toMillis() / 4)));
    String reason = "the channel is paused until " + until;
    if (isPatient(run)) {
      run.progress(0, reason + WAITS);
      return HandlerResult.of(new Outcome.Later(at, false, Optional.empty(), Optional.empty()));
    }
    return HandlerResult.of(
        failed(RATE_LIMITED, reason, true, AttemptReport.error())
            .retryAfter(Duration.between(run.now(), at)));
  }

  private static boolean isPatient(RunContext run) {
    return run.now().isBefore(run.claimed().execution().createdAt().plus(PATIENCE));
  }

  /**
   * A receiver that does not say how long is asked less and less often: a quarter of the age, a
   * minute to an hour.
   */
  private static Duration untold(RunContext run) {
    Duration quarter =
        Duration.between(run.claimed().execution().createdAt(), run.now()).dividedBy(4);
    if (quarter.compareTo(UNTOLD_WAIT) < 0) {
      return UNTOLD_WAIT;
    }
    return quarter.compareTo(LONGEST_UNTOLD_WAIT) > 0 ? LONGEST_UNTOLD_WAIT : quarter;
  }

  private static Outcome.Failed failed(
      String errorClass, String reason, boolean retry, AttemptReport report) {
    return new Outcome.Failed(new Failure(errorClass, reason), retry, Optional.empty(), report);
  }

  private static AttemptReport report(AttemptStatus status, HttpReply reply, Redaction redaction) {
    String preview = BodyPreview.cut(BodyPreview.of(reply, redaction), PREVIEW_BYTES);
    return new AttemptReport(status, Optional.of(reply.status()), Optional.of(preview), Map.of());
  }

  /** Its secrets stay as they are kept: what moves are addresses. */
  private static Definition moved(Destination destination, Settings settings, Instant now) {
    Definition old = destination.definition();
    ChannelDocument before = ChannelDocument.read(old.document());
    Settings open = settings;
    for (String secret : before.secrets().keySet()) {
      open = open.without(secret);
    }
    String document = before.movedTo(open).write();
    return ChannelDefinition.replaced(old, old.name(), document, old.references(), now);
  }
}
