package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.ValidationException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("N10: rules lead from a job to channels")
class RulesTest {

  private final TestHost host;
  private final Notifications notifications = Notifications.create();
  private Rules rules;
  private Channel ops;
  private UUID job;

  RulesTest(TestStore store) {
    host = new TestHost(store);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @BeforeEach
  void join() {
    var unused = notifications.join(host);
    rules = notifications.rules();
    ops = notifications.channels().create(Channels.webhook("ops", "https://example.com"));
    job = host.job("nightly");
  }

  @Test
  void a_rule_shows_the_channel_it_leads_to() {
    Rule rule = rules.add(job, ops.id(), NotificationEvent.ON_FAILURE);

    assertThat(rule.channelName()).isEqualTo("ops");
    assertThat(rule.channelType()).isEqualTo("webhook");
    assertThat(rules.list(job)).containsExactly(rule);
  }

  @Test
  void adding_a_rule_twice_is_the_same_as_once() {
    Rule rule = rules.add(job, ops.id(), NotificationEvent.ON_FAILURE);
    assertThat(rules.add(job, ops.id(), NotificationEvent.ON_FAILURE)).isEqualTo(rule);
    assertThat(rules.list(job)).containsExactly(rule);
  }

  @Test
  void a_removed_rule_is_gone() {
    Rule rule = rules.add(job, ops.id(), NotificationEvent.ON_FAILURE);
    assertThat(rules.remove(rule.id())).isTrue();
    assertThat(rules.remove(rule.id())).isFalse();
    assertThat(rules.list(job)).isEmpty();
  }

  @Test
  void unknown_jobs_and_channels_are_named() {
    UUID nobody = UUID.randomUUID();
    assertThatThrownBy(() -> rules.add(nobody, nobody, NotificationEvent.ON_ERROR))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("job_id: expected the id of a job, got " + nobody)
        .hasMessageContaining("channel_id: expected the id of a channel, got " + nobody);
    assertThatThrownBy(() -> rules.add(ops.id(), job, NotificationEvent.ON_ERROR))
        .hasMessageContaining("job_id:")
        .hasMessageContaining("channel_id:");
    assertThatThrownBy(
            () -> notifications.rules("acme").add(job, ops.id(), NotificationEvent.ON_ERROR))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void an_unknown_event_is_named() {
    assertThatThrownBy(() -> NotificationEvent.of("on_fire"))
        .hasMessage(
            "event: expected one of [on_success, on_failure, on_completion, on_error,"
                + " on_retries_exhausted, on_down, on_recovery, on_approval_required,"
                + " on_channel_disabled], or one of your own, got on_fire");
    assertThat(NotificationEvent.of("on_failure")).isEqualTo(NotificationEvent.ON_FAILURE);
  }

  @Test
  void deleting_the_job_deletes_its_rules() {
    rules.add(job, ops.id(), NotificationEvent.ON_FAILURE);
    WriteResult result =
        host.store.write(
            new WriteSet(List.of(), List.of(new DefinitionWrite.Delete(job, 1)), List.of()));

    assertThat(result).isInstanceOf(WriteResult.Stored.class);
    assertThat(rules.list(job)).isEmpty();
    notifications.channels().delete(ops.id());
  }
}
