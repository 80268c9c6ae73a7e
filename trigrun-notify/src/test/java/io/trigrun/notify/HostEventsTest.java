package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Json;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnMemoryAndH2
@DisplayName("N12: events of the host's own")
class HostEventsTest {

  private final Scenario scenario;
  private final Notifications notifications;

  HostEventsTest(TestStore store) {
    notifications = Notifications.builder().event("run_completed").event("run_failed").build();
    scenario = new Scenario(store.open(), notifications, builder -> builder);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private static HostEvent failed() {
    return HostEvent.of("run_failed", "Checkout flow failed")
        .alsoKnownAs("run_completed")
        .tone(Tone.BAD)
        .labels("qa")
        .payload(new Json("{\"run\":{\"status\":\"failed\",\"duration_ms\":38400}}"));
  }

  @Test
  void are_routed_by_type_and_label_and_arrive_as_the_host_wrote_them() {
    Channel dashboard = scenario.channel("dashboard");
    Channel qa = scenario.channel("qa");
    Channel ops = scenario.channel("ops");
    Rules rules = notifications.rules();
    rules.add(RuleScope.workspace(), dashboard.id(), NotificationEvent.own("run_completed"));
    rules.add(RuleScope.label("qa"), qa.id(), NotificationEvent.own("run_failed"));
    rules.add(RuleScope.label("qa"), qa.id(), NotificationEvent.own("run_completed"));
    rules.add(RuleScope.label("ops"), ops.id(), NotificationEvent.own("run_failed"));

    Published published = notifications.publish(failed());
    scenario.driver.advance(Duration.ofSeconds(1));

    assertThat(published.deliveryIds()).hasSize(2);
    assertThat(scenario.receiver.bodies())
        .containsExactlyInAnyOrder(
            "{\"event\":\"run_completed\",\"timestamp\":\"2026-03-16T10:00:00.000Z\",\"run\":{\"status\":\"failed\",\"duration_ms\":38400}}",
            "{\"event\":\"run_failed\",\"timestamp\":\"2026-03-16T10:00:00.000Z\",\"run\":{\"status\":\"failed\",\"duration_ms\":38400}}");
  }

  @Test
  void with_a_key_are_told_once() {
    Channel ops = scenario.channel("ops");
    notifications.rules().add(RuleScope.workspace(), ops.id(), NotificationEvent.own("run_failed"));

    Published first = notifications.publish(failed().key("run-1"));
    assertThat(notifications.publish(failed().key("run-1"))).isEqualTo(first);
    assertThat(notifications.publish(failed().key("run-2"))).isNotEqualTo(first);
    assertThat(notifications.publish("acme", failed().key("run-1")).deliveryIds()).isEmpty();
    scenario.driver.advance(Duration.ofSeconds(1));

    assertThat(scenario.receiver.received).hasSize(2);
  }

  @Test
  void that_were_not_declared_can_neither_be_published_nor_ruled_about() {
    Channel ops = scenario.channel("ops");
    assertThatThrownBy(() -> notifications.publish(HostEvent.of("run_faild", "Oops")))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "event: expected one that was declared with Notifications.builder().event(...):"
                + " [run_completed, run_failed], got run_faild");
    assertThatThrownBy(
            () ->
                notifications
                    .rules()
                    .add(RuleScope.workspace(), ops.id(), NotificationEvent.own("run_faild")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("[run_completed, run_failed], got run_faild");
    assertThatThrownBy(
            () ->
                notifications
                    .rules()
                    .add(scenario.job.id(), ops.id(), NotificationEvent.own("run_failed")))
        .hasMessageContaining("one that happens to jobs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Run",
        "on_fire",
        "execution.failed",
        "a__b",
        "a.",
        "approval.x",
        "monitor.x",
        "1a",
        "a b"
      })
  void have_names_unlike_the_library_s_own(String type) {
    assertThatThrownBy(() -> HostEvent.of(type, "x"))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("event: expected 1 to 64 lower case letters");
  }

  @Test
  void refuse_what_no_medium_could_show() {
    HostEvent event = failed();
    assertThatThrownBy(() -> HostEvent.of("run_failed", " ")).hasMessageStartingWith("title:");
    assertThatThrownBy(() -> HostEvent.of("run_failed", "x".repeat(251)))
        .hasMessageStartingWith("title: expected 1 to 250 characters");
    assertThatThrownBy(() -> event.text("")).hasMessageStartingWith("text:");
    assertThatThrownBy(() -> event.fact("", "x")).hasMessageStartingWith("fact.name:");
    assertThatThrownBy(() -> event.fact("x", "y".repeat(1_001)))
        .hasMessageStartingWith("fact.value:");
    assertThatThrownBy(() -> event.link(URI.create("javascript:alert(1)")))
        .hasMessageStartingWith("link: expected an absolute http or https URL");
    assertThatThrownBy(() -> event.payload(new Json("[1]")))
        .hasMessage("payload: expected a JSON object, got another JSON value");
    assertThatThrownBy(() -> event.key("")).hasMessageStartingWith("key:");
    assertThatThrownBy(() -> event.labels("no label")).hasMessageStartingWith("labels:");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 101, 149, 200})
  void a_key_of_any_length_that_is_allowed_tells_an_event_once(int length) {
    Channel ops = scenario.channel("ops");
    NotificationEvent failed = NotificationEvent.own("run_failed");
    notifications.rules().add(RuleScope.workspace(), ops.id(), failed);
    notifications
        .rules()
        .add(
            RuleScope.workspace(),
            ops.id(),
            failed,
            RuleOptions.none().withDigest(Digest.cron("0 * * * *", "UTC")));
    String key = "k".repeat(length);

    Published first = notifications.publish(failed().key(key));
    Published again = notifications.publish(failed().key(key));
    Published other = notifications.publish(failed().key(key.substring(1) + "l"));

    assertThat(again).isEqualTo(first);
    assertThat(other.deliveryIds()).hasSize(1).doesNotContainAnyElementsOf(first.deliveryIds());
  }

  @Test
  void what_no_store_can_hold_or_no_channel_can_show_is_refused_with_its_name() {
    assertThatThrownBy(() -> failed().key("\uD800"))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("key: expected no U+0000 and no unpaired surrogate");
    assertThatThrownBy(() -> failed().link(URI.create("https://example.com/\uD800")))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("link: expected no U+0000 and no unpaired surrogate");
    String url = "https://example.com/";
    assertThat(failed().link(URI.create(url + "a".repeat(2_048 - url.length())))).isNotNull();
    assertThatThrownBy(() -> failed().link(URI.create(url + "a".repeat(2_049 - url.length()))))
        .hasMessage("link: expected at most 2048 characters, got 2049 characters");
  }
}
