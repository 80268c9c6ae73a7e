package io.trigrun.management;

import io.trigrun.ConflictException;
import io.trigrun.LimitExceededException;
import io.trigrun.NotFoundException;
import io.trigrun.StaleVersionException;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Refusal;
import io.trigrun.secret.NoCipherException;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.StoreException;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What exceptions of management routes become. */
final class Errors {

  private static final Logger LOG = LoggerFactory.getLogger(Management.class);
  private static final Duration SOON = Duration.ofSeconds(5);

  private Errors() {}

  static Refusal refusal(RuntimeException e) {
    if (e instanceof Refusal refusal) {
      return refusal;
    }
    if (e instanceof ValidationException invalid) {
      return invalid(invalid.problems());
    }
    if (e instanceof NotFoundException) {
      return Refusal.notFound();
    }
    if (e instanceof ConflictException conflict) {
      return Refusal.of(
          ErrorCode.CONFLICT, message(e), conflict.referrers().stream().map(Errors::of).toList());
    }
    if (e instanceof StaleVersionException) {
      return Call.changed();
    }
    if (e instanceof LimitExceededException) {
      return Refusal.of(ErrorCode.LIMIT_EXCEEDED, message(e));
    }
    if (e instanceof NoCipherException) {
      return Refusal.of(ErrorCode.NOT_CONFIGURED, message(e));
    }
    if (e instanceof StoreException store && store.isRetryable()) {
      LOG.warn("a request was not answered, as the store could not do its part", e);
      return unavailable();
    }
    if (e instanceof SecretUnavailableException secret && secret.isRetryable()) {
      LOG.warn("a request was not answered, as a key was not to be had", e);
      return unavailable();
    }
    LOG.error("a request was not answered", e); // its path may hold a secret
    return Refusal.of(ErrorCode.INTERNAL_ERROR, "something went wrong here");
  }

  private static JsonObject of(ConflictException.Referrer referrer) {
    return JsonObject.builder()
        .put("kind", referrer.kind())
        .put("id", referrer.id())
        .put("name", referrer.name())
        .build();
  }

  private static Refusal unavailable() {
    return Refusal.of(ErrorCode.UNAVAILABLE, "try again soon").retryAfter(SOON);
  }

  private static Refusal invalid(List<Problem> problems) {
    return Refusal.invalid(
        problems.stream()
            .map(
                problem ->
                    Refusal.detail(
                        Pointers.of(problem.field()),
                        "expected " + problem.expected() + ", got " + problem.got()))
            .toList());
  }

  private static String message(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  static InboundResponse response(Refusal refusal) {
    ErrorCode code = refusal.code();
    return InboundResponse.error(code.status(), code.wireName(), refusal.text(), refusal.details())
        .withHeaders(refusal.headers());
  }
}
