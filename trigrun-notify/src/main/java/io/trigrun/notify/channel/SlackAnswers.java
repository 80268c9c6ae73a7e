package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.http.HttpReply;
import io.trigrun.http.RetryAfter;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Sent;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import io.trigrun.notify.provider.StatusTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Slack's answers mean: a word in the body says more than the status.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">errors
 *     of incoming webhooks</a>
 */
final class SlackAnswers {

  private static final Set<String> BAD_MESSAGE =
      Set.of(
          "invalid_payload",
          "no_text",
          "too_many_attachments",
          "msg_blocks_too_long",
          "invalid_blocks");
  private static final Set<String> BAD_CHANNEL =
      Set.of(
          "user_not_found",
          "action_prohibited",
          "channel_not_found",
          "channel_is_archived",
          "no_service",
          "no_service_id",
          "no_team",
          "no_active_hooks",
          "team_disabled",
          "invalid_token",
          "posting_to_general_channel_denied");
  private static final Set<String> TRY_AGAIN = Set.of("rollup_error");
  private static final int LONGEST_BODY = 4_096;
  private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([a-z_]{1,60})\"");
  private static final Pattern WAIT = Pattern.compile("\"retry_after\"\\s*:\\s*([0-9.]{1,20})");

  private SlackAnswers() {}

  static DeliveryOutcome classify(HttpReply reply, Instant now) {
    String body = body(reply);
    if (reply.status() == 200 && body.equals("ok")) {
      return new Sent();
    }
    String word = first(ERROR, body).orElse(body);
    String reason = "Slack returned " + reply.status() + ": " + word;
    if (BAD_MESSAGE.contains(word)) {
      return new Permanent(reason, Fault.MESSAGE);
    }
    if (BAD_CHANNEL.contains(word)) {
      return new Permanent(reason, Fault.CHANNEL);
    }
    if (TRY_AGAIN.contains(word)) {
      return new Transient(reason);
    }
    if (reply.status() / 100 == 2) { // a proxy may have answered: nobody says that it was posted
      return new Transient("Slack returned " + reply.status() + " without ok");
    }
    DeliveryOutcome byStatus = StatusTable.classify(reply, now);
    return byStatus instanceof RateLimited limited && limited.retryAfter().isEmpty()
        ? new RateLimited(limited.reason(), wait(body, now))
        : byStatus;
  }

  private static Optional<Duration> wait(String body, Instant now) {
    return first(WAIT, body).flatMap(seconds -> RetryAfter.parse(seconds, now));
  }

  private static Optional<String> first(Pattern pattern, String body) {
    Matcher matcher = pattern.matcher(body);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String body(HttpReply reply) {
    byte[] bytes = reply.body();
    return new String(bytes, 0, Math.min(bytes.length, LONGEST_BODY), UTF_8).strip();
  }
}
