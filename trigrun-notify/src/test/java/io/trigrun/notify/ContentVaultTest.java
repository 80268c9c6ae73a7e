package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.handler.Outcome;
import io.trigrun.http.HttpTransport;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("W6: links of approvals at rest")
class ContentVaultTest {

  private static final UUID OPS = new UUID(0, 1);
  private static final UUID MINE = new UUID(0, 2);

  private final ContentVault vault = new ContentVault(new TestSecrets(new InMemoryJobStore()));

  private static DeliveryContent.Open body(Message message) {
    return DeliveryContent.of(
        new Rendering("text/plain", String.valueOf(message.notice().link().orElseThrow())));
  }

  private static String written(UUID channel, DeliveryContent content) {
    return new DeliveryPayload(
            channel,
            "webhook",
            "approval.required",
            DeliverySubject.none(),
            true,
            Optional.of(TestMessages.AT),
            content)
        .write();
  }

  @Test
  void are_encrypted_and_bound_to_channel_and_workspace() {
    Message asked = TestMessages.approval();
    for (DeliveryContent.Open content :
        new DeliveryContent.Open[] {
          body(asked), DeliveryContent.of(asked, Optional.empty()),
        }) {
      String kept = written(OPS, vault.keep("default", OPS, asked, content));
      assertThat(kept).doesNotContain("wt1").doesNotContain("anna");

      DeliveryPayload payload = DeliveryPayload.read(kept);
      DeliveryContent.Open open = vault.open("default", OPS, payload.content());
      assertThat(open.holding(List.of())).isEqualTo(content);
      assertThat(open.credentials())
          .containsExactly(TestMessages.REVIEW_URL, TestMessages.REVIEW_URL.replaceAll(".*/", ""));
      assertThatThrownBy(() -> vault.open("default", MINE, payload.content()))
          .isInstanceOf(SecretUnavailableException.class);
      assertThatThrownBy(() -> vault.open("acme", OPS, payload.content()))
          .isInstanceOf(SecretUnavailableException.class);
    }
  }

  @Test
  void what_holds_no_link_is_kept_as_it_is() {
    DeliveryContent.Open content = DeliveryContent.of(TestMessages.note(), Optional.empty());
    assertThat(vault.keep("default", OPS, TestMessages.note(), content)).isSameAs(content);
  }

  @Test
  void without_a_cipher_they_are_sent_all_the_same() {
    ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
    Notifications notifications = Notifications.create();
    try (Receiver receiver = new Receiver();
        HttpTransport transport =
            HttpTransport.jdkBuilder()
                .egress(EgressPolicy.builder().allowLoopback().build())
                .build();
        TrigRun trigrun =
            TrigRun.builder()
                .store(new InMemoryJobStore())
                .clock(clock)
                .httpTransport(transport)
                .extension(notifications)
                .extension(Asking.approval(Duration.ofHours(1)))
                .outcomeHandler("sync", Json.class, (payload, context) -> Outcome.succeeded())
                .build()) {
      Channel ops = notifications.channels().create(Channels.webhook("ops", receiver.url("/ops")));
      notifications
          .rules()
          .add(RuleScope.workspace(), ops.id(), NotificationEvent.ON_APPROVAL_REQUIRED);
      trigrun
          .jobs()
          .runNow(
              trigrun.jobs().create(JobSpec.named("Nightly sync").handler("sync").build()).id());
      new TrigRunDriver(trigrun, clock).advance(Duration.ofSeconds(1));
      assertThat(receiver.bodies())
          .singleElement()
          .satisfies(body -> assertThat(body).contains(Asking.url("anybody")));
    }
  }
}
