package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_APPROVAL_REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.spi.Extension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("N9, W6, W11: what runs ask and say reaches channels")
class RunMessagesTest {

  private final TestStore store;

  RunMessagesTest(TestStore store) {
    this.store = store;
  }

  private Scenario scenario(Extension asking) {
    return new Scenario(store.open(), Notifications.create(), builder -> builder.extension(asking));
  }

  @Test
  void each_reviewer_is_asked_by_each_channel_with_a_rule_once() {
    try (Scenario scenario = scenario(Asking.approval(Duration.ofHours(1), "anna", "ben"))) {
      Channel ops = scenario.channel("ops", ON_APPROVAL_REQUIRED);
      Channel all = scenario.channel("all");
      Rules rules = scenario.notifications.rules();
      rules.add(RuleScope.workspace(), all.id(), ON_APPROVAL_REQUIRED);
      rules.add(RuleScope.workspace(), ops.id(), ON_APPROVAL_REQUIRED); // a second way to the same

      Execution run = scenario.run();

      assertThat(scenario.notifications.deliveries().of(run.id()))
          .hasSize(4)
          .allSatisfy(
              delivery -> {
                assertThat(delivery.status()).isEqualTo(DeliveryStatus.SENT);
                assertThat(delivery.event()).isEqualTo("approval.required");
                assertThat(delivery.subject())
                    .isEqualTo(DeliverySubject.execution(scenario.job.id(), run.id()));
              });
      assertThat(bodies(scenario, "/ops"))
          .containsExactlyInAnyOrder(payload(scenario, run, "anna"), payload(scenario, run, "ben"))
          .containsExactlyInAnyOrderElementsOf(bodies(scenario, "/all"));
    }
  }

  @Test
  void the_same_question_and_the_same_message_arrive_once() {
    try (Scenario scenario = scenario(Asking.theSame())) {
      scenario.channel("ops", ON_APPROVAL_REQUIRED);
      scenario.run();
      scenario.run();
      assertThat(bodies(scenario, "/ops")).hasSize(1);
    }
    try (Scenario scenario = scenario(Asking.message("ops"))) {
      scenario.channel("ops");
      scenario.channel("others", ON_APPROVAL_REQUIRED);
      Execution run = scenario.run();
      scenario.run();
      assertThat(scenario.receiver.bodies())
          .containsExactly(
              """
              {"event":"execution.message","job":{"id":"%s","name":"Nightly sync"},\
              "execution":{"id":"%s"},"message":{"title":"Refunds are done",\
              "text":"All of them.","facts":{"Orders":"12"}},\
              "timestamp":"2026-03-16T10:00:00.000Z"}"""
                  .formatted(scenario.job.id(), run.id()));
      assertThat(scenario.delivery(run).event()).isEqualTo("execution.message");
    }
  }

  private static List<String> bodies(Scenario scenario, String path) {
    return scenario.receiver.received.stream()
        .filter(request -> request.path().equals(path))
        .map(Receiver.Received::body)
        .toList();
  }

  private static String payload(Scenario scenario, Execution run, String name) {
    return """
        {"event":"approval.required","job":{"id":"%s","name":"Nightly sync"},\
        "execution":{"id":"%s"},"approval":{"step":"review","title":"Refund order 4711?",\
        "text":"The customer has sent it back.","fields":{"Order":"4711","Amount":"120 €"},\
        "approver":"%s","review_url":"%s","expires_at":"2026-03-16T11:00:00.000Z"},\
        "timestamp":"2026-03-16T10:00:00.000Z"}"""
        .formatted(scenario.job.id(), run.id(), name, Asking.url(name));
  }
}
