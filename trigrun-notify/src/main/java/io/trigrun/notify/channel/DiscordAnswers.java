package io.trigrun.notify.channel;

import io.trigrun.http.HttpReply;
import io.trigrun.http.RetryAfter;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import io.trigrun.notify.provider.StatusTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What Discord's answers mean: a code in the body says more than the status.
 *
 * @see <a href="https://discord.com/developers/docs/topics/opcodes-and-status-codes#json">codes</a>
 * @see <a href="https://discord.com/developers/docs/topics/rate-limits">rate limits</a>
 */
final class DiscordAnswers {

  private static final int LONGEST_WORDS = 200;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");

  private DiscordAnswers() {}

  static DeliveryOutcome classify(HttpReply reply, Instant now) {
    if (reply.status() / 100 == 2) {
      return StatusTable.classify(reply, now);
    }
    JsonNode body = AnswerJson.of(reply);
    String reason = reason(reply, body);
    if (reply.status() == 429) {
      return new RateLimited(reason, wait(reply, body, now));
    }
    return switch (body.path("code").asInt(0)) {
      case 10_003, 10_015, 50_027, 50_083, 220_001, 220_002, 220_003, 220_004 ->
          new Permanent(reason, Fault.CHANNEL);
      case 40_005, 50_006, 50_035, 50_109, 200_000, 200_001, 240_000 ->
          new Permanent(reason, Fault.MESSAGE);
      case 20_016, 20_028, 20_029, 130_000 -> new Transient(reason);
      default -> worded(reply, reason, now);
    };
  }

  /** What the status means, in Discord's words; a redirect keeps its advice. */
  private static DeliveryOutcome worded(HttpReply reply, String reason, Instant now) {
    DeliveryOutcome usual = StatusTable.classify(reply, now);
    return reply.status() / 100 == 3 ? usual : Worded.by(reason, usual);
  }

  private static String reason(HttpReply reply, JsonNode body) {
    String words = VisibleText.line(body.path("message").asString(""));
    String status = "Discord returned " + reply.status();
    return words.isEmpty() ? status : status + ": " + Truncate.to(words, LONGEST_WORDS);
  }

  /** The body is the most exact; the header is all that a proxy before Discord sends. */
  private static Optional<Duration> wait(HttpReply reply, JsonNode body, Instant now) {
    return seconds(body.path("retry_after").asString(""))
        .or(() -> reply.header("Retry-After").flatMap(text -> RetryAfter.parse(text, now)))
        .or(() -> reply.header("X-RateLimit-Reset-After").flatMap(DiscordAnswers::seconds))
        .or(() -> reply.header("X-RateLimit-Reset").flatMap(text -> until(text, now)));
  }

  private static Optional<Duration> seconds(String text) {
    return Optional.of(text.strip())
        .filter(number -> NUMBER.matcher(number).matches())
        .map(number -> clamped(new BigDecimal(number)));
  }

  private static Optional<Duration> until(String epochSeconds, Instant now) {
    return Optional.of(epochSeconds.strip())
        .filter(number -> NUMBER.matcher(number).matches())
        .map(
            number ->
                clamped(
                    new BigDecimal(number)
                        .subtract(BigDecimal.valueOf(now.toEpochMilli()).movePointLeft(3))));
  }

  /** Rounded up: a moment too early counts as another offence. */
  private static Duration clamped(BigDecimal seconds) {
    BigDecimal whole =
        seconds
            .setScale(0, RoundingMode.CEILING)
            .max(BigDecimal.valueOf(RetryAfter.MIN.toSeconds()))
            .min(BigDecimal.valueOf(RetryAfter.MAX.toSeconds()));
    return Duration.ofSeconds(whole.longValueExact());
  }
}
