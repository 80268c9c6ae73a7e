package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.notify.channel.ResendMail;
import io.trigrun.notify.channel.SmtpMail;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("N3: e-mail, from a failed job to the mail server")
class EmailDeliveryTest {

  private static final String FROM = "Alerts <alerts@example.com>";

  private final TestStore store;

  EmailDeliveryTest(TestStore store) {
    this.store = store;
  }

  @Test
  void through_resend_each_attempt_has_the_same_key_and_bytes() {
    try (Receiver resend = new Receiver();
        Scenario scenario =
            scenario(
                Notifications.builder()
                    .email(ResendMail.of("re_s3cret", FROM).baseUrl(resend.url("/api"))))) {
      resend.answers(
          1, 500, Map.of(), "{\"name\":\"application_error\",\"message\":\"re_s3cret\"}");
      Execution run = fail(scenario);
      scenario.driver.advance(Duration.ofMinutes(1));

      assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(resend.received)
          .hasSize(2)
          .allSatisfy(
              request -> {
                assertThat(request.path()).isEqualTo("/api/emails");
                assertThat(request.header("Authorization")).isEqualTo("Bearer re_s3cret");
                assertThat(request.header("Idempotency-Key"))
                    .isEqualTo(scenario.delivery(run).id().toString());
                assertThat(request.header("User-Agent")).isEqualTo("TrigRun");
              });
      assertThat(resend.bodies().get(1)).isEqualTo(resend.bodies().get(0));
      assertThat(resend.bodies().get(0))
          .startsWith(
              "{\"from\":\"Alerts <alerts@example.com>\",\"to\":[\"ops@example.com\"],"
                  + "\"subject\":\"Nightly sync failed\",\"html\":\"<!DOCTYPE html>");
    }
  }

  @Test
  void by_smtp_it_arrives() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try (Scenario scenario =
        scenario(
            Notifications.builder()
                .email(SmtpMail.of("smtp://127.0.0.1:" + server.getSmtp().getPort(), FROM)))) {
      Execution run = fail(scenario);
      assertThat(server.waitForIncomingEmail(20_000, 1)).isTrue();
      scenario.driver.advance(Duration.ofSeconds(1));

      assertThat(server.getReceivedMessages()[0].getMessageID())
          .isEqualTo("<" + scenario.delivery(run).id() + "@example.com>");
      assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
    } finally {
      server.stop();
    }
  }

  @Test
  void a_mail_server_that_is_down_is_tried_again() throws Exception {
    int port;
    try (var free = new java.net.ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (Scenario scenario =
        scenario(Notifications.builder().email(SmtpMail.of("smtp://127.0.0.1:" + port, FROM)))) {
      Execution run = fail(scenario);
      scenario.driver.advance(Duration.ofSeconds(1));

      Delivery delivery = scenario.delivery(run);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.PENDING);
      assertThat(delivery.failure().map(Failure::message).orElse(""))
          .startsWith("no reply from 127.0.0.1:");
    }
  }

  @Test
  void without_a_way_for_mail_to_leave_a_channel_is_refused_and_the_message_says_what_to_add() {
    try (Scenario scenario = scenario(Notifications.builder())) {
      assertThatThrownBy(
              () ->
                  scenario
                      .notifications
                      .channels()
                      .create(Channels.email("team", "ops@example.com")))
          .isInstanceOf(ValidationException.class)
          .hasMessageStartingWith("type: expected a way for mail to leave")
          .hasMessageContaining(".email(ResendMail.of(apiKey, from))")
          .hasMessageContaining(".email(SmtpMail.of(url, from))");
      assertThat(scenario.notifications.channels().list()).isEmpty();
    }
  }

  private Scenario scenario(Notifications.Builder notifications) {
    return new Scenario(store.open(), notifications.build(), b -> b);
  }

  private static Execution fail(Scenario scenario) {
    Channel team =
        scenario.notifications.channels().create(Channels.email("team", "ops@example.com"));
    scenario.notifications.rules().add(scenario.job.id(), team.id(), NotificationEvent.ON_FAILURE);
    return scenario.failing(3).run();
  }
}
