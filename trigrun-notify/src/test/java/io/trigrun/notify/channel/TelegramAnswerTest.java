package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Misdirected;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Sent;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import io.trigrun.notify.provider.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N6: Telegram, what answers mean")
class TelegramAnswerTest {

  private static final Instant NOW = Instant.parse("2026-03-16T10:00:00Z");
  private static final Settings SETTINGS =
      TelegramChannel.of("tg", "123456:ABC-DEF", "-100").messageThreadId(7).settings();

  private final TelegramProvider provider = new TelegramProvider();

  @Test
  void only_ok_true_is_sent() {
    assertThat(outcome(200, "{\"ok\":true,\"result\":{\"message_id\":5}}")).isEqualTo(new Sent());
    for (String body : new String[] {"", "ok", "<html>", "{}", "{\"ok\":\"true\"}", "[true]"}) {
      assertThat(outcome(200, body))
          .isEqualTo(new Transient("Telegram returned 200: an answer without \"ok\":true"));
    }
  }

  @Test
  void a_long_answer_that_was_not_kept_whole_is_sent_all_the_same() {
    String start = "{\"ok\":true,\"result\":{\"text\":\"\\u0434";
    assertThat(outcome(Replies.cut(200, start))).isEqualTo(new Sent());
    assertThat(outcome(Replies.cut(200, "{\"text\":\"{\\\"ok\\\":true,")))
        .isInstanceOf(Transient.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Unauthorized                                                  | CHANNEL
          401 | Unauthorized: invalid token specified                         | CHANNEL
          403 | Forbidden: bot was blocked by the user                        | CHANNEL
          403 | Forbidden: user is deactivated                                | CHANNEL
          403 | Forbidden: the group chat was deleted                         | CHANNEL
          403 | Forbidden: bot was kicked from the supergroup chat            | CHANNEL
          403 | Forbidden: bot is not a member of the channel chat            | CHANNEL
          403 | Forbidden: something new                                      | CHANNEL
          404 | Not Found                                                     | CHANNEL
          421 | Misdirected Request: unallowed token specified                | CHANNEL
          400 | Bad Request: chat not found                                   | CHANNEL
          400 | bad request: CHAT NOT FOUND                                   | CHANNEL
          400 | Bad Request: message thread not found                         | CHANNEL
          400 | Bad Request: not enough rights to send text messages          | CHANNEL
          400 | Bad Request: CHAT_WRITE_FORBIDDEN                             | CHANNEL
          400 | Bad Request: TOPIC_CLOSED                                     | CHANNEL
          400 | Bad Request: group chat was upgraded to a supergroup chat     | CHANNEL
          400 | Bad Request: message is too long                              | MESSAGE
          400 | Bad Request: can't parse entities: Unsupported tag at offset 3| MESSAGE
          400 | Bad Request: something new                                    | MESSAGE
          413 | Request Entity Too Large                                      | MESSAGE
          302 | Found                                                         | MESSAGE
          """)
  void a_permanent_answer_says_whose_fault_it_is(int status, String description, Fault fault) {
    assertThat(outcome(status, error(status, description)))
        .isInstanceOfSatisfying(
            Permanent.class,
            permanent -> {
              assertThat(permanent.fault()).isEqualTo(fault);
              assertThat(permanent.reason()).startsWith("Telegram returned " + status);
            });
  }

  @Test
  void the_reason_is_worded_as_in_the_guide() {
    assertThat(outcome(403, error(403, "Forbidden: bot was blocked by the user")))
        .isEqualTo(
            new Permanent("Telegram returned 403: bot was blocked by the user", Fault.CHANNEL));
  }

  @Test
  void a_description_is_not_trusted() {
    assertThat(outcome(400, error(400, "a\\u0000\\u202Eb\\n" + "x".repeat(900))))
        .isInstanceOfSatisfying(
            Permanent.class,
            permanent ->
                assertThat(permanent.reason())
                    .startsWith("Telegram returned 400: a\uFFFD\uFFFDb xxx")
                    .hasSizeLessThan(230)
                    .endsWith("more characters)"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408, 409, 425, 520})
  void another_attempt_may_help(int status) {
    assertThat(outcome(status, "<html>Bad Gateway</html>"))
        .isEqualTo(new Transient("Telegram returned " + status));
    assertThat(outcome(status, error(status, "Internal Server Error: restart")))
        .isEqualTo(new Transient("Telegram returned " + status + ": restart"));
  }

  @ParameterizedTest
  @CsvSource({
    "7,PT7S",
    "0,PT1S",
    "1.5,PT1.5S",
    "3600000,PT24H",
    "1e999999999,PT24H",
    "1e2147483647,PT24H",
    "1e-2147483647,PT1S"
  })
  void a_limit_says_how_long_in_its_parameters(String seconds, Duration wait) {
    assertThat(
            outcome(
                Replies.of(
                    429,
                    "99",
                    "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry"
                        + " after 7\",\"parameters\":{\"retry_after\":"
                        + seconds
                        + "}}")))
        .isEqualTo(new RateLimited("Telegram returned 429: retry after 7", Optional.of(wait)));
  }

  @Test
  void a_limit_may_say_it_in_the_header_only_or_not_at_all() {
    assertThat(outcome(Replies.of(429, "30", "")))
        .isEqualTo(new RateLimited("Telegram returned 429", Optional.of(Duration.ofSeconds(30))));
    assertThat(outcome(Replies.of(503, "30", "")))
        .isEqualTo(new RateLimited("Telegram returned 503", Optional.of(Duration.ofSeconds(30))));
    assertThat(outcome(429, ""))
        .isEqualTo(new RateLimited("Telegram returned 429", Optional.empty()));
  }

  @Test
  void a_group_that_moved_is_followed_with_all_its_settings() {
    assertThat(outcome(400, moved("-1001234567890123")))
        .isEqualTo(
            new Misdirected(
                "Telegram returned 400: group chat was upgraded to a supergroup chat",
                SETTINGS.with("chat_id", "-1001234567890123")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-100", "0", "\"-5\"", "1.5", "99999999999999999999", "null", "{}"})
  void a_move_to_nowhere_or_to_where_it_is_ends_the_channel(String chat) {
    assertThat(outcome(400, moved(chat)))
        .isInstanceOfSatisfying(
            Permanent.class, permanent -> assertThat(permanent.fault()).isEqualTo(Fault.CHANNEL));
  }

  @Test
  void an_error_inside_a_200_counts_as_what_it_is() {
    assertThat(outcome(200, error(403, "Forbidden: bot was blocked by the user")))
        .isEqualTo(
            new Permanent("Telegram returned 403: bot was blocked by the user", Fault.CHANNEL));
    assertThat(outcome(200, error(502, "Bad Gateway"))).isInstanceOf(Transient.class);
    assertThat(outcome(200, error(7, "odd"))).isInstanceOf(Transient.class);
  }

  private static String error(int code, String description) {
    return "{\"ok\":false,\"error_code\":" + code + ",\"description\":\"" + description + "\"}";
  }

  private static String moved(String chat) {
    return "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: group chat was upgraded"
        + " to a supergroup chat\",\"parameters\":{\"migrate_to_chat_id\":"
        + chat
        + "}}";
  }

  private DeliveryOutcome outcome(int status, String body) {
    return outcome(Replies.of(status, body));
  }

  private DeliveryOutcome outcome(HttpReply reply) {
    return provider.classify(provider.config(SETTINGS), reply, NOW);
  }
}
