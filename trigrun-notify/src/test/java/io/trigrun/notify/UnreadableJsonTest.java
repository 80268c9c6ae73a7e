package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.Json;
import io.trigrun.handler.Outcome;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read and written to a depth only, and a message puts it some levels deeper. */
@OnMemoryAndH2
@DisplayName("N2, N12, N19: JSON that nobody can read costs itself and not the message")
class UnreadableJsonTest {

  private final Notifications notifications = Notifications.builder().event("noted").build();
  private final Scenario scenario;

  UnreadableJsonTest(TestStore store) {
    scenario = new Scenario(store.open(), notifications, builder -> builder);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private Execution runThatSays(String output) {
    Channel ops =
        notifications
            .channels()
            .create(Channels.webhook("ops", scenario.receiver.url("/ops")).includeOutput(true));
    notifications.rules().add(scenario.job.id(), ops.id(), NotificationEvent.ON_SUCCESS);
    scenario.outcomes.add(Outcome.succeeded(output));
    return scenario.run();
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 499, 500})
  void the_output_of_a_job_is_left_out_and_the_message_arrives(int levels) {
    Execution run = runThatSays(nested(levels));

    assertThat(scenario.delivery(run).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(scenario.receiver.bodies()).singleElement().asString().contains("\"output\":null");
  }

  @Test
  void the_output_of_a_job_is_there_down_to_a_hundred_levels() {
    runThatSays(nested(100));

    assertThat(scenario.receiver.bodies())
        .singleElement()
        .asString()
        .contains("\"output\":" + nested(100));
  }

  @Test
  void a_published_payload_is_refused_before_it_could_take_a_whole_summary_along() {
    HostEvent event = HostEvent.of("noted", "Something");

    assertThatThrownBy(() -> event.payload(new Json("{\"a\":" + nested(100) + "}")))
        .isInstanceOf(ValidationException.class)
        .hasMessage("payload: expected at most 100 levels, got more");

    Channel ops = scenario.channel("ops");
    notifications
        .rules()
        .add(
            RuleScope.workspace(),
            ops.id(),
            NotificationEvent.own("noted"),
            RuleOptions.none().withDigest(Digest.cron("0 * * * *", "UTC")));
    notifications.publish(event.payload(new Json("{\"a\":" + nested(99) + "}")));
    scenario.driver.advance(Duration.ofHours(2));
    assertThat(scenario.receiver.bodies()).singleElement().asString().contains(nested(99));
  }

  @Test
  void half_a_character_in_an_output_arrives_as_a_replacement_and_not_as_a_question_mark() {
    runThatSays("{\"a\":\"\\ud800\"}");

    assertThat(scenario.receiver.bodies())
        .singleElement()
        .asString()
        .contains("\"output\":{\"a\":\"\uFFFD\"}");
  }
}
