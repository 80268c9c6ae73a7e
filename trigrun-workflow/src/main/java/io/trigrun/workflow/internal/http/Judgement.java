package io.trigrun.workflow.internal.http;

import io.trigrun.Failure;
import io.trigrun.RetryPolicy;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.http.ErrorClass;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpReply;
import io.trigrun.http.ResponseJudge;
import io.trigrun.http.Verdict;
import io.trigrun.secret.Redaction;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.workflow.internal.expression.OversizedRenderingException;
import io.trigrun.workflow.internal.expression.RenderingException;
import io.trigrun.workflow.internal.expression.UnresolvedReferenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an answer, or the lack of one, means for a step: as for jobs. */
final class Judgement {

  /** A placeholder without a value; no attempt will help. */
  static final String UNRESOLVED_REFERENCE = "UNRESOLVED_REFERENCE";

  private Judgement() {}

  static StepAnswer of(HttpAction rules, HttpReply reply, Instant now, Redaction redaction) {
    Verdict verdict = ResponseJudge.judge(rules, reply, now, redaction);
    ReplyOutput output = ReplyOutput.of(reply, redaction);
    return answer(verdict, Optional.of(output.value()), output.truncated(), false);
  }

  static StepAnswer of(@Nullable Throwable failure, Redaction redaction) {
    Throwable cause = cause(failure);
    if (cause instanceof RenderingException unrendered) {
      return unsent(failure(unrendered));
    }
    boolean isHopeless =
        (cause instanceof SecretUnavailableException secret && !secret.isRetryable())
            || (cause instanceof EgressRefusedException refused && !refused.mayChange());
    return answer(ResponseJudge.judge(cause, redaction), Optional.empty(), false, isHopeless);
  }

  private static Failure failure(RenderingException e) {
    if (e instanceof UnresolvedReferenceException unresolved) {
      boolean isSecret = unresolved.reference().root().equals("secret");
      return new Failure(isSecret ? ErrorClass.MISSING_SECRET : UNRESOLVED_REFERENCE, messageOf(e));
    }
    return new Failure(
        e instanceof OversizedRenderingException ? ErrorClass.INVALID_REQUEST : "ERROR",
        messageOf(e));
  }

  private static String messageOf(RenderingException e) {
    return "the request was not sent: " + e.getMessage();
  }

  private static StepAnswer unsent(Failure failure) {
    return new StepAnswer(
        Optional.empty(),
        false,
        OptionalInt.empty(),
        Optional.of(failure),
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static StepAnswer answer(
      Verdict verdict, Optional<JsonNode> output, boolean truncated, boolean isHopeless) {
    Optional<Failure> failure =
        verdict.succeeded()
            ? Optional.empty()
            : Optional.of(
                new Failure(
                    verdict.errorClass().orElse("ERROR"), verdict.message().orElse("no message")));
    Optional<Duration> retryAfter = verdict.retryAfter();
    return new StepAnswer(
        output,
        truncated,
        verdict.statusCode(),
        failure,
        failure.isPresent() && !isHopeless && isWorthARetry(verdict),
        retryAfter,
        verdict.latency());
  }

  /** Row S6, with the statuses of {@link RetryPolicy#standard}. */
  private static boolean isWorthARetry(Verdict verdict) {
    String errorClass = verdict.errorClass().orElse("");
    if (errorClass.equals(ErrorClass.MISSING_SECRET)
        || errorClass.equals(ErrorClass.INVALID_REQUEST)) {
      return false;
    }
    return !errorClass.startsWith("HTTP_")
        || (verdict.statusCode().isPresent()
            && RetryPolicy.standard().retryOnStatuses().contains(verdict.statusCode().getAsInt()));
  }

  private static Throwable cause(@Nullable Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return failure.getCause();
    }
    return failure == null
        ? new IllegalStateException("expected a reply or a failure, got neither")
        : failure;
  }
}
