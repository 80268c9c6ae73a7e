package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.notify.provider.ChannelSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("N4, N5: from a failed run to Slack and Discord")
class SlackAndDiscordPathTest {

  private final Scenario scenario;

  SlackAndDiscordPathTest(TestStore store) {
    scenario = new Scenario(store);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void slack_gets_blocks() {
    Delivery delivery = deliver(Channels.slack("ops", scenario.receiver.url("/services/T/B/x")));

    assertThat(delivery.status()).isEqualTo(DeliveryStatus.SENT);
    Receiver.Received request = scenario.receiver.received.get(0);
    assertThat(request.path()).isEqualTo("/services/T/B/x");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.body())
        .startsWith("{\"text\":\"Nightly sync failed\",\"blocks\":[{\"type\":\"header\"");
  }

  @Test
  void a_word_of_slack_ends_the_delivery_and_the_url_is_not_in_the_record() {
    scenario.receiver.answers(1, 404, Map.of(), "no_service");
    Delivery delivery =
        deliver(Channels.slack("ops", scenario.receiver.url("/services/T/B/s3cret")));

    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.failure().orElseThrow().message())
        .isEqualTo("Slack returned 404: no_service");
    assertThat(delivery.toString()).doesNotContain("s3cret");
  }

  @Test
  void discord_gets_an_embed_from_a_sender_it_knows_the_form_of() {
    scenario.receiver.answers(1, 200, Map.of(), "{\"id\":\"1\"}");
    Delivery delivery =
        deliver(
            Channels.discord("ops", scenario.receiver.url("/api/webhooks/1/x")).threadId("456"));

    assertThat(delivery.status()).isEqualTo(DeliveryStatus.SENT);
    Receiver.Received request = scenario.receiver.received.get(0);
    assertThat(request.path()).isEqualTo("/api/webhooks/1/x?wait=true&thread_id=456");
    assertThat(request.headers().get("User-agent"))
        .hasSize(1)
        .allMatch(agent -> agent.startsWith("DiscordBot ("));
    assertThat(request.body()).startsWith("{\"embeds\":[{\"title\":\"Nightly sync failed\"");
  }

  @Test
  void channels_lead_to_their_vendor_only() {
    for (ChannelSpec spec :
        List.of(
            Channels.slack("ops", "https://hooks.slack.com.evil.example/services/s3cret"),
            Channels.discord("ops", "https://evil-discord.com/api/webhooks/s3cret"))) {
      assertThatThrownBy(() -> scenario.notifications.channels().create(spec))
          .hasMessageStartingWith("config.webhook_url: expected ")
          .hasMessageNotContaining("s3cret");
    }
  }

  private Delivery deliver(ChannelSpec spec) {
    Channel channel = scenario.notifications.channels().create(spec);
    scenario.notifications.rules().add(scenario.job.id(), channel.id(), ON_FAILURE);
    Execution run = scenario.failing(3).run();
    return scenario.delivery(run);
  }
}
