package io.trigrun.internal.callback;

import io.trigrun.AttemptStatus;
import io.trigrun.Failure;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.http.BodyPreview;
import io.trigrun.http.ErrorClass;
import io.trigrun.http.HttpReply;
import io.trigrun.http.ResponseJudge;
import io.trigrun.http.RetryAfter;
import io.trigrun.http.Verdict;
import io.trigrun.spi.RunContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means for a callback: the same as for a notification. A receiver that asks to wait
 * is waited for without using up an attempt until the callback is a day old.
 *
 * @param url what of it must not be kept when the receiver or the transport repeats it: the query
 */
record CallbackVerdict(URI url) {

  private static final Duration PATIENCE = Duration.ofHours(24);
  private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int PREVIEW_BYTES = 2_048;
  private static final int SHORTEST_QUERY = 4; // less would cut ordinary words to pieces
  private static final Set<Integer> TRANSIENT = Set.of(408, 409, 421, 423, 425);
  private static final Set<Integer> HOPELESS = Set.of(501, 505);

  Outcome of(RunContext run, HttpReply reply) {
    int status = reply.status();
    boolean sent = status / 100 == 2;
    AttemptReport report =
        new AttemptReport(
            sent ? AttemptStatus.SUCCESS : AttemptStatus.HTTP_ERROR,
            Optional.of(status),
            Optional.of(BodyPreview.cut(clean(BodyPreview.of(reply)), PREVIEW_BYTES)),
            Map.of());
    if (sent) {
      return new Outcome.Succeeded(Optional.empty(), report);
    }
    String reason = "status: expected 2xx, got " + status;
    Optional<Duration> asked = wait(run, reply);
    if (asked.isPresent()) {
      return later(run, asked.get(), reason, report);
    }
    boolean again = TRANSIENT.contains(status) || (status / 100 == 5 && !HOPELESS.contains(status));
    String hint = status / 100 == 3 ? ", a redirect, which is not followed: change the URL" : "";
    return failed("HTTP_" + status / 100 + "XX", reason + hint, again, report);
  }

  private static Optional<Duration> wait(RunContext run, HttpReply reply) {
    Optional<Duration> told =
        reply.header("Retry-After").flatMap(value -> RetryAfter.parse(value, run.now()));
    if (reply.status() == 429) {
      return told.or(() -> Optional.of(untold(run)));
    }
    return told.filter(wait -> reply.status() == 503);
  }

  /** Asked less and less often: after a quarter of the age, a minute to an hour. */
  private static Duration untold(RunContext run) {
    Duration quarter =
        Duration.between(run.claimed().execution().createdAt(), run.now()).dividedBy(4);
    if (quarter.compareTo(SHORTEST_WAIT) < 0) {
      return SHORTEST_WAIT;
    }
    return quarter.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : quarter;
  }

  private static Outcome later(RunContext run, Duration wait, String reason, AttemptReport report) {
    Instant patientUntil = run.claimed().execution().createdAt().plus(PATIENCE);
    if (run.now().isBefore(patientUntil)) {
      run.progress(0, reason + "; waits as the receiver asks");
      return new Outcome.Later(run.now().plus(wait), false, Optional.empty(), Optional.of(report));
    }
    return failed("RATE_LIMITED", reason, true, report).retryAfter(wait);
  }

  /** There was no answer: the network, or a request that could not be made. */
  Outcome unanswered(Throwable failure) {
    Verdict verdict = ResponseJudge.judge(failure);
    String errorClass = verdict.errorClass().orElse(ErrorClass.TRANSPORT_ERROR);
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean pointless =
        (cause instanceof EgressRefusedException refused && !refused.mayChange())
            || errorClass.equals(ErrorClass.INVALID_REQUEST)
            || errorClass.equals(ErrorClass.MISSING_SECRET);
    return failed(
        errorClass,
        clean(verdict.message().orElse("no answer")),
        !pointless,
        new AttemptReport(verdict.status(), Optional.empty(), Optional.empty(), Map.of()));
  }

  static Outcome.Failed failed(
      String errorClass, String reason, boolean again, AttemptReport report) {
    return new Outcome.Failed(new Failure(errorClass, reason), again, Optional.empty(), report);
  }

  private String clean(String text) {
    return without(url.getQuery(), without(url.getRawQuery(), text));
  }

  private static String without(@Nullable String query, String text) {
    return query == null || query.length() < SHORTEST_QUERY ? text : text.replace(query, "***");
  }
}
