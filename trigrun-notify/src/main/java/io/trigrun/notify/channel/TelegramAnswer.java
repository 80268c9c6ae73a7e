package io.trigrun.notify.channel;

import io.trigrun.http.HttpReply;
import io.trigrun.http.RetryAfter;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Misdirected;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Sent;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import io.trigrun.notify.provider.StatusTable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the Bot API answered. Its words are no contract, so they are looked for inside the
 * description, in any case, and the status decides where none is known.
 *
 * @param status of the exchange, or the {@code error_code} of an error that came with a 2xx
 * @param usual what the status and its headers mean to everybody
 */
record TelegramAnswer(
    int status,
    boolean ok,
    String description,
    Optional<Long> newChat,
    Optional<Duration> retryAfter,
    DeliveryOutcome usual) {

  private static final int LONGEST_REASON = 200;
  private static final BigDecimal LEAST_SECONDS = BigDecimal.valueOf(RetryAfter.MIN.toSeconds());
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(RetryAfter.MAX.toSeconds());

  /** The start of an answer that was too long to be kept: it repeats the message. */
  private static final Pattern OK = Pattern.compile("^\\s*\\{\\s*\"ok\"\\s*:\\s*true\\s*,");

  private static final Pattern STATUS_WORDS =
      Pattern.compile(
          "(?i)^(Bad Request|Unauthorized|Forbidden|Not Found|Conflict|Misdirected Request"
              + "|Too Many Requests|Internal Server Error): ");

  /** What makes the chat useless until somebody does something about it. */
  private static final List<String> CHANNEL_WORDS =
      List.of(
          "chat not found",
          "message thread not found",
          "chat_id is empty",
          "bot was blocked",
          "bot was kicked",
          "bot is not a member",
          "user is deactivated",
          "group chat was deleted",
          "group chat was upgraded",
          "not enough rights",
          "have no rights",
          "need administrator rights",
          "chat_write_forbidden",
          "peer_id_invalid",
          "topic_closed",
          "topic_deleted");

  static TelegramAnswer of(HttpReply reply, Instant now) {
    JsonNode json = AnswerJson.of(reply);
    JsonNode parameters = json.path("parameters");
    boolean ok =
        reply.truncated()
            ? OK.matcher(new String(reply.body(), StandardCharsets.UTF_8)).find()
            : json.path("ok").isBoolean() && json.path("ok").booleanValue();
    JsonNode code = json.path("error_code");
    boolean errorInside = reply.status() / 100 == 2 && !ok && code.isInt();
    int status =
        errorInside && code.intValue() >= 300 && code.intValue() <= 599
            ? code.intValue()
            : reply.status();
    return new TelegramAnswer(
        status,
        ok,
        json.path("description").isString() ? json.path("description").stringValue() : "",
        chat(parameters.path("migrate_to_chat_id")),
        seconds(parameters.path("retry_after")),
        StatusTable.classify(
            new HttpReply(status, reply.headers(), new byte[0], false, reply.latency()), now));
  }

  DeliveryOutcome outcome(TelegramConfig config) {
    String words = description.toLowerCase(Locale.ROOT);
    if (status / 100 == 2) {
      return ok ? new Sent() : new Transient(reason("an answer without \"ok\":true"));
    }
    if (newChat.isPresent() && !newChat.get().toString().equals(config.chatId())) {
      return new Misdirected(
          reason(""), config.settings().with(TelegramChannel.CHAT_ID, newChat.get().toString()));
    }
    if (status == 429 || words.contains("too many requests")) {
      return new RateLimited(reason(""), retryAfter.or(this::usualWait));
    }
    if (status == 421 || CHANNEL_WORDS.stream().anyMatch(words::contains)) {
      return new Permanent(reason(""), Fault.CHANNEL);
    }
    return Worded.by(reason(""), usual);
  }

  private Optional<Duration> usualWait() {
    return usual instanceof RateLimited limited ? limited.retryAfter() : Optional.empty();
  }

  private String reason(String otherwise) {
    String words = STATUS_WORDS.matcher(VisibleText.line(description)).replaceFirst("");
    String known = words.isEmpty() ? otherwise : Truncate.to(words, LONGEST_REASON);
    return "Telegram returned " + status + (known.isEmpty() ? "" : ": " + known);
  }

  private static Optional<Long> chat(JsonNode id) {
    return id.isIntegralNumber() && id.canConvertToLong() && id.longValue() != 0
        ? Optional.of(id.longValue())
        : Optional.empty();
  }

  /** Compared before it is taken apart: 1e999999999, written out, would fill the memory. */
  private static Optional<Duration> seconds(JsonNode number) {
    return Optional.of(number)
        .filter(JsonNode::isNumber)
        .map(JsonNode::decimalValue)
        .filter(seconds -> seconds.signum() >= 0)
        .map(seconds -> seconds.max(LEAST_SECONDS).min(MOST_SECONDS))
        .map(seconds -> Duration.ofMillis(seconds.movePointRight(3).longValue()));
  }
}
