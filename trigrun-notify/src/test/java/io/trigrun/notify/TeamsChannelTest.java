package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.TrigRun;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Teams through the public API, against a server that answers as a workflow does. */
@OnMemoryAndH2
@DisplayName("N7: a Teams channel")
class TeamsChannelTest {

  private static final String PATH =
      "/workflows/0123abcd/triggers/manual/paths/invoke"
          + "?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=a-S3cret_%2B";

  private final TestStore store;
  private final Scenario scenario;

  TeamsChannelTest(TestStore store) {
    this.store = store;
    scenario = new Scenario(store);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void a_card_that_is_accepted_is_sent_and_the_url_is_called_byte_for_byte() {
    channel();
    scenario.receiver.answers(1, 502).answers(1, 202);

    Execution run = scenario.run();
    scenario.driver.advance(Duration.ofMinutes(1));

    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(scenario.receiver.received)
        .extracting(Receiver.Received::path)
        .containsExactly(PATH, PATH);
    assertThat(scenario.receiver.bodies().get(0))
        .startsWith("{\"type\":\"message\",\"attachments\":[{\"contentType\":")
        .contains("\"text\":\"Nightly sync succeeded\"")
        .isEqualTo(scenario.receiver.bodies().get(1));
  }

  @Test
  void nothing_that_is_recorded_shows_the_url() {
    channel();
    scenario.receiver.answers(
        1, 401, Map.of(), "{\"error\":{\"code\":\"Denied\",\"message\":\"" + PATH + "\"}}");

    Execution run = scenario.run();

    Delivery delivery = scenario.delivery(run);
    assertThat(delivery.failure().orElseThrow().message()).isEqualTo("Teams returned 401: Denied");
    assertThat(scenario.notifications.deliveries().attempts(delivery.id()).toString())
        .doesNotContain("S3cret");
    assertThat(scenario.notifications.channels().list().toString()).doesNotContain("S3cret");
  }

  @Test
  void a_channel_leads_to_teams_and_nowhere_else() {
    Notifications notifications = Notifications.create();
    try (TestStore.Opened opened = store.open();
        TrigRun trigrun =
            TrigRun.builder()
                .store(opened.store())
                .secrets(TestSecrets.CIPHER)
                .extension(notifications)
                .build()) {
      assertThat(trigrun.jobs()).isNotNull();
      Channels channels = notifications.channels();
      for (String host :
          new String[] {
            "prod-12.westus.logic.azure.com:443",
            "default0123.4f.environment.api.powerplatform.com:443",
            "acme.webhook.office.com"
          }) {
        channels.create(Channels.teams(host, "https://" + host + PATH));
      }
      for (String host :
          new String[] {
            "evil.example.com",
            "evillogic.azure.com",
            "logic.azure.com.evil.example.com",
            "api.powerplatform.com"
          }) {
        assertThatThrownBy(() -> channels.create(Channels.teams("x", "https://" + host + PATH)))
            .isInstanceOf(ValidationException.class)
            .hasMessageStartingWith("config.webhook_url: expected a URL of logic.azure.com, ")
            .hasMessageEndingWith(", got one of " + host)
            .hasMessageNotContaining("S3cret");
      }
    }
  }

  private void channel() {
    Channel channel =
        scenario
            .notifications
            .channels()
            .create(Channels.teams("ops", scenario.receiver.url(PATH)));
    scenario.notifications.rules().add(scenario.job.id(), channel.id(), ON_SUCCESS);
  }
}
