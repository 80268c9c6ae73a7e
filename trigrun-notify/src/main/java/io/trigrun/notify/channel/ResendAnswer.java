package io.trigrun.notify.channel;

import io.trigrun.http.HttpReply;
import io.trigrun.http.RetryAfter;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import io.trigrun.notify.provider.StatusTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What Resend says when it does not take a mail: a status and {@code {"name": ..., "message":
 * ...}}. The name says more than the status: 403 is a wrong key, a domain that is not verified or a
 * right that is missing; 409 may be a matter of a moment or of never.
 */
record ResendAnswer(int status, String name, String message) {

  private static final int LONGEST = 300;

  static ResendAnswer of(HttpReply reply, ResendMail mail) {
    JsonNode json = AnswerJson.of(reply);
    return new ResendAnswer(
        reply.status(),
        mail.redact(json.path("name").asString("")),
        mail.redact(json.path("message").asString("")));
  }

  DeliveryOutcome outcome(HttpReply reply, Instant now) {
    if (status / 100 == 2) {
      return new DeliveryOutcome.Sent();
    }
    return switch (name) {
      case "concurrent_idempotent_requests",
          "resource_locked",
          "application_error",
          "internal_server_error",
          "service_unavailable" ->
          new Transient(reason());
      case "rate_limit_exceeded" -> new RateLimited(reason(), asked(reply, now));
      case "daily_quota_exceeded" ->
          new RateLimited(reason(), Optional.of(asked(reply, now).orElseGet(() -> nextDay(now))));
      case "invalid_idempotent_request",
          "invalid_idempotency_key",
          "missing_required_field",
          "invalid_parameter",
          "invalid_attachment",
          "security_error" ->
          new Permanent(reason(), Fault.MESSAGE);
      case "validation_error" ->
          new Permanent(reason(), status == 403 ? Fault.CHANNEL : Fault.MESSAGE);
      case "missing_api_key",
          "restricted_api_key",
          "invalid_api_key",
          "suspended_api_key",
          "invalid_permission",
          "invalid_access",
          "invalid_from_address",
          "not_found",
          "method_not_allowed",
          "monthly_quota_exceeded" ->
          new Permanent(reason(), Fault.CHANNEL);
      default -> told(StatusTable.classify(reply, now));
    };
  }

  /** The table's outcome with what Resend said, if it said anything. */
  private DeliveryOutcome told(DeliveryOutcome outcome) {
    return name.isEmpty() && message.isEmpty() ? outcome : Worded.by(reason(), outcome);
  }

  private String reason() {
    String said = message.isEmpty() ? name : name.isEmpty() ? message : message + " (" + name + ")";
    return "Resend returned " + status + ": " + Truncate.to(VisibleText.line(said), LONGEST);
  }

  private static Optional<Duration> asked(HttpReply reply, Instant now) {
    return reply
        .header("Retry-After")
        .or(() -> reply.header("ratelimit-reset"))
        .flatMap(value -> RetryAfter.parse(value, now));
  }

  private static Duration nextDay(Instant now) {
    LocalDate tomorrow = now.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1);
    Duration wait = Duration.between(now, tomorrow.atStartOfDay().toInstant(ZoneOffset.UTC));
    return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
  }
}
