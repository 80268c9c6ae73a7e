package io.trigrun.http;

import io.trigrun.AttemptStatus;
import io.trigrun.secret.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Says what an answer, or the lack of one, means. Pure: no clock, no threads.
 *
 * <p>The status is judged first; the checks only when it is a success, the output only when all
 * checks hold.
 */
public final class ResponseJudge {
  private ResponseJudge() {}

  /**
   * Judges an answer.
   *
   * @param now when the answer came, for a {@code Retry-After} that is a date
   */
  public static Verdict judge(HttpAction action, HttpReply reply, Instant now) {
    return judge(action, reply, now, Redaction.none());
  }

  /**
   * As {@link #judge(HttpAction, HttpReply, Instant)}; the answer is judged as it came, and the
   * verdict is without the secrets that it may repeat.
   */
  public static Verdict judge(
      HttpAction action, HttpReply reply, Instant now, Redaction redaction) {
    ReplyView view = new ReplyView(reply, redaction);
    if (!action.successStatuses().contains(reply.status())) {
      Optional<Duration> wait =
          reply.header("retry-after").flatMap(value -> RetryAfter.parse(value, now));
      return failed(
          view,
          reply,
          ErrorClass.ofStatus(reply.status()),
          redaction.apply(wrongStatus(action, reply)),
          wait);
    }
    Optional<String> broken =
        action.checks().stream().flatMap(check -> failure(check, view).stream()).findFirst();
    if (broken.isPresent()) {
      return failed(view, reply, ErrorClass.ASSERTION_FAILED, broken.get(), Optional.empty());
    }
    Optional<String> output =
        action.output().isEmpty()
            ? Optional.empty()
            : Optional.of(OutputMapping.map(action.output(), view));
    if (output.filter(document -> !OutputMapping.fits(document)).isPresent()) {
      String message =
          "request.output: expected at most "
              + OutputMapping.MAX_BYTES
              + " bytes of output, got more";
      return failed(view, reply, ErrorClass.OUTPUT_TOO_LARGE, message, Optional.empty());
    }
    return new Verdict(
        AttemptStatus.SUCCESS,
        OptionalInt.of(reply.status()),
        Optional.empty(),
        Optional.empty(),
        Optional.of(reply.latency()),
        output,
        Optional.of(view.preview()),
        KeptHeaders.of(reply, view.redaction()),
        Optional.empty());
  }

  /** Judges a request that got no answer: the failure of the transport's future or of rendering. */
  public static Verdict judge(Throwable failure) {
    return judge(failure, Redaction.none());
  }

  /** As {@link #judge(Throwable)}, without the secrets that the failure may repeat. */
  public static Verdict judge(Throwable failure, Redaction redaction) {
    return TransportFailure.judge(failure, redaction);
  }

  private static Verdict failed(
      ReplyView view, HttpReply reply, String errorClass, String message, Optional<Duration> wait) {
    return new Verdict(
        AttemptStatus.HTTP_ERROR,
        OptionalInt.of(reply.status()),
        Optional.of(errorClass),
        Optional.of(message),
        Optional.of(reply.latency()),
        Optional.empty(),
        Optional.of(view.preview()),
        KeptHeaders.of(reply, view.redaction()),
        wait);
  }

  private static Optional<String> failure(ResponseCheck check, ReplyView view) {
    CheckResult result;
    if (check instanceof BodyCheck body) {
      result = body.judge(view);
    } else if (check instanceof JsonCheck json) {
      result = json.judge(view);
    } else if (check instanceof HeaderCheck header) {
      result = header.judge(view);
    } else if (check instanceof StatusCheck status) {
      result = status.judge(view.status());
    } else {
      throw new IllegalStateException("a check of an unknown kind: " + check.getClass());
    }
    return result.failure();
  }

  private static String wrongStatus(HttpAction action, HttpReply reply) {
    String expected =
        action.successStatuses().size() > 10
            ? "one of " + action.successStatuses().size() + " success statuses"
            : String.join(", ", names(action).toList());
    String redirect =
        reply
            .header("location")
            .filter(location -> reply.status() / 100 == 3)
            .map(location -> " to " + KeptHeaders.origin(location) + reason(action))
            .orElse("");
    return "status: expected " + expected + ", got " + reply.status() + redirect;
  }

  private static Stream<String> names(HttpAction action) {
    return action.successStatuses().stream().map(String::valueOf);
  }

  private static String reason(HttpAction action) {
    return action.followRedirects()
        ? ", not followed: more than "
            + Hop.MAX_REDIRECTS
            + " hops, from https to http, or no valid URL"
        : ", not followed: request.follow_redirects is false";
  }
}
