package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.TrigRun;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.schedulefile.SchedulePlan;
import io.trigrun.schedulefile.SchedulePlan.Action;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Telegram through the public API, against a server that answers as Telegram's does. */
@OnMemoryAndH2
@DisplayName("N6: a Telegram channel")
class TelegramChannelTest {

  private static final String TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
  private static final String OK = "{\"ok\":true,\"result\":{\"message_id\":1}}";
  private static final String MOVED =
      "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: group chat was upgraded to a"
          + " supergroup chat\",\"parameters\":{\"migrate_to_chat_id\":-1009876543210}}";

  private final TestStore store;
  private final Receiver telegram = new Receiver();
  private final Scenario scenario;
  private final Channels channels;

  TelegramChannelTest(TestStore store) {
    this.store = store;
    Notifications notifications =
        Notifications.builder().telegramApiUrl(URI.create(telegram.url("/api"))).build();
    scenario = new Scenario(store.open(), notifications, builder -> builder);
    channels = notifications.channels();
  }

  @AfterEach
  void close() {
    scenario.close();
    telegram.close();
  }

  @Test
  void a_message_arrives() {
    channel();
    telegram.answers(1, 200, Map.of(), OK);

    Execution run = scenario.run();

    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
    Receiver.Received request = telegram.received.get(0);
    assertThat(request.path()).isEqualTo("/api/bot" + TOKEN + "/sendMessage");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.body())
        .startsWith(
            "{\"chat_id\":-4001,\"message_thread_id\":42,"
                + "\"text\":\"<b>✅ Nightly sync succeeded</b>")
        .contains("<b>Execution:</b> <code>" + run.id() + "</code>");
  }

  @Test
  void a_group_that_moved_gets_the_same_message_in_its_new_place() {
    Channel channel = channel();
    telegram.answers(1, 400, Map.of(), MOVED).answers(2, 200, Map.of(), OK);

    Execution run = scenario.run();
    scenario.driver.advance(Duration.ofMinutes(1));

    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(telegram.bodies()).hasSize(2);
    assertThat(telegram.bodies().get(1))
        .isEqualTo(telegram.bodies().get(0).replace("-4001", "-1009876543210"));
    Channel moved = channels.find(channel.id()).orElseThrow();
    assertThat(moved.config().text("chat_id")).contains("-1009876543210");
    assertThat(moved.config().number("message_thread_id")).contains(42L);
    assertThat(moved.secretHints()).containsOnlyKeys("bot_token");

    scenario.run();
    assertThat(telegram.bodies().get(2)).startsWith("{\"chat_id\":-1009876543210,");
  }

  @Test
  void who_still_says_the_old_id_does_not_move_it_back() {
    Channel channel = channel();
    telegram.answers(1, 400, Map.of(), MOVED).answers(3, 200, Map.of(), OK);
    scenario.run();
    scenario.driver.advance(Duration.ofMinutes(1));
    long version = channels.find(channel.id()).orElseThrow().version();

    channels.save(Channels.telegram("tg-alerts", TOKEN, "-4001").messageThreadId(42));
    assertThat(channels.find(channel.id()).orElseThrow().version()).isEqualTo(version);
    Channel quieter =
        channels.save(Channels.telegram("tg-alerts", TOKEN, "-4001").disableWebPagePreview(true));
    assertThat(quieter.version()).isGreaterThan(version);
    assertThat(quieter.config().text("chat_id")).contains("-1009876543210");
    assertThat(quieter.config().names()).doesNotContain("message_thread_id");
    channels.save(Channels.telegram("tg-alerts", TOKEN, "-4001"));
    scenario.run();
    assertThat(telegram.bodies()).hasSize(3).last().asString().contains("-1009876543210");

    Channel elsewhere = channels.save(Channels.telegram("tg-alerts", TOKEN, "-5001"));
    assertThat(elsewhere.config().text("chat_id")).contains("-5001");
    Channel again = channels.save(Channels.telegram("tg-alerts", TOKEN, "-4001"));
    assertThat(again.config().text("chat_id")).contains("-4001");
  }

  @Test
  void nor_does_a_schedule_file() {
    String file =
        """
        channels:
          tg-alerts: {type: telegram, config: {bot_token: "%s", chat_id: "-4001"}}
        """
            .formatted(TOKEN);
    scenario.trigrun.scheduleFiles().apply(ScheduleFile.parse(file).named("crew.yaml"));
    Channel channel = channels.findByName("tg-alerts").orElseThrow();
    scenario.notifications.rules().add(scenario.job.id(), channel.id(), ON_SUCCESS);
    telegram.answers(1, 400, Map.of(), MOVED).answers(1, 200, Map.of(), OK);
    scenario.run();
    scenario.driver.advance(Duration.ofMinutes(1));

    SchedulePlan again =
        scenario.trigrun.scheduleFiles().apply(ScheduleFile.parse(file).named("crew.yaml"));

    assertThat(again.changes()).allMatch(change -> change.action() == Action.UNCHANGED);
    assertThat(channels.find(channel.id()).orElseThrow().config().text("chat_id"))
        .contains("-1009876543210");
  }

  @Test
  void a_limit_is_waited_for_as_its_parameters_say() {
    channel();
    telegram
        .answers(
            1,
            429,
            Map.of(),
            "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after"
                + " 17\",\"parameters\":{\"retry_after\":17}}")
        .answers(1, 200, Map.of(), OK);

    Execution run = scenario.run();
    assertThat(scenario.delivery(run).note())
        .contains("Telegram returned 429: retry after 17; waits as the receiver asks");
    scenario.driver.advance(Duration.ofSeconds(13));
    assertThat(telegram.received).hasSize(1);
    scenario.driver.advance(Duration.ofSeconds(30));

    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(scenario.delivery(run).attempts()).isEqualTo(1);
  }

  @Test
  void an_answer_that_repeats_the_token_is_recorded_without_it() {
    channel();
    telegram.answers(
        1,
        403,
        Map.of(),
        "{\"ok\":false,\"error_code\":403,\"description\":\"Forbidden: no " + TOKEN + "\"}");

    Execution run = scenario.run();

    Delivery delivery = scenario.delivery(run);
    assertThat(delivery.failure().orElseThrow().message())
        .isEqualTo("Telegram returned 403: no ***");
    assertThat(scenario.notifications.deliveries().attempts(delivery.id()).toString())
        .doesNotContain("ABC-DEF");
  }

  @Test
  void the_token_leads_to_the_one_server_that_the_host_named() {
    Notifications usual = Notifications.create();
    Notifications own =
        Notifications.builder().telegramApiUrl(URI.create("https://db.internal/api")).build();
    try (TestStore.Opened opened = store.open();
        TrigRun first =
            TrigRun.builder()
                .store(opened.store())
                .secrets(TestSecrets.CIPHER)
                .extension(usual)
                .build();
        TrigRun second =
            TrigRun.builder()
                .store(opened.store())
                .secrets(TestSecrets.CIPHER)
                .extension(own)
                .build()) {
      assertThat(List.of(first, second)).hasSize(2);
      usual.channels().create(Channels.telegram("fine", TOKEN, "@my_channel"));
      assertThatThrownBy(
              () -> own.channels().create(Channels.telegram("not let out", TOKEN, "-100")))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("EgressPolicy.builder().allow")
          .hasMessageNotContaining("ABC-DEF");
    }
  }

  private Channel channel() {
    Channel channel =
        channels.create(Channels.telegram("tg-alerts", TOKEN, "-4001").messageThreadId(42));
    scenario.notifications.rules().add(scenario.job.id(), channel.id(), ON_SUCCESS);
    return channel;
  }
}
