package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorWithToken;
import io.trigrun.monitor.PingSource;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("N2, N9, N10: monitors that go down or recover are told of")
class NewsOfMonitorsTest {

  private final Scenario scenario;

  NewsOfMonitorsTest(TestStore store) {
    scenario = new Scenario(store);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void going_down_and_coming_back_are_told_once_each_in_the_form_of_the_guide() {
    MonitorWithToken watched =
        scenario.trigrun.monitors().create(MonitorSpec.of("API Health", Duration.ofMinutes(1)));
    Monitor monitor = watched.monitor();
    Channel ops = scenario.channel("ops");
    Rules rules = scenario.notifications.rules();
    RuleScope scope = RuleScope.monitor(monitor.id());
    Rule down = rules.add(scope, ops.id(), NotificationEvent.ON_DOWN);
    rules.add(scope, ops.id(), NotificationEvent.ON_RECOVERY);

    PingSource nobody = PingSource.unknown();
    scenario.trigrun.monitors().ping(watched.token(), nobody);
    scenario.driver.advance(Duration.ofMinutes(10));
    scenario.trigrun.monitors().ping(watched.token(), nobody);
    scenario.driver.advance(Duration.ofSeconds(5));

    assertThat(rules.list(scope)).contains(down).hasSize(2);
    assertThat(scenario.receiver.bodies())
        .containsExactly(
            "{\"event\":\"monitor.down\",\"monitor\":{\"id\":\"%s\",\"name\":\"API Health\",\"expected_interval_sec\":60,\"last_ping_at\":\"2026-03-16T10:00:00.000Z\"},\"timestamp\":\"2026-03-16T10:02:00.000Z\"}"
                .formatted(monitor.id()),
            "{\"event\":\"monitor.recovery\",\"monitor\":{\"id\":\"%s\",\"name\":\"API Health\",\"expected_interval_sec\":60,\"last_ping_at\":\"2026-03-16T10:10:00.000Z\"},\"timestamp\":\"2026-03-16T10:10:00.000Z\"}"
                .formatted(monitor.id()));
    Delivery told = scenario.notifications.deliveries().list(DeliveryQuery.all()).items().get(0);
    assertThat(told.subject()).isEqualTo(DeliverySubject.monitor(monitor.id()));
    assertThat(told.event()).isEqualTo("monitor.recovery");
  }

  @Test
  void deleting_the_monitor_deletes_its_rules() {
    Monitor monitor =
        scenario
            .trigrun
            .monitors()
            .create(MonitorSpec.of("API Health", Duration.ofMinutes(1)))
            .monitor();
    Channel ops = scenario.channel("ops");
    RuleScope scope = RuleScope.monitor(monitor.id());
    scenario.notifications.rules().add(scope, ops.id(), NotificationEvent.ON_DOWN);

    scenario.trigrun.monitors().delete(monitor.id());

    assertThat(scenario.notifications.rules().list(scope)).isEmpty();
    scenario.notifications.channels().delete(ops.id());
  }

  @Test
  void what_never_happens_to_a_monitor_or_a_job_is_refused() {
    Monitor monitor =
        scenario
            .trigrun
            .monitors()
            .create(MonitorSpec.of("API Health", Duration.ofMinutes(1)))
            .monitor();
    Channel ops = scenario.channel("ops");
    Rules rules = scenario.notifications.rules();

    assertThatThrownBy(
            () ->
                rules.add(RuleScope.monitor(monitor.id()), ops.id(), NotificationEvent.ON_FAILURE))
        .isInstanceOf(ValidationException.class)
        .hasMessage("event: expected on_down or on_recovery for a monitor, got on_failure");
    assertThatThrownBy(() -> rules.add(scenario.job.id(), ops.id(), NotificationEvent.ON_DOWN))
        .hasMessage("event: expected one that happens to jobs, got on_down");
    assertThatThrownBy(
            () ->
                rules.add(
                    RuleScope.monitor(scenario.job.id()), ops.id(), NotificationEvent.ON_DOWN))
        .hasMessage("monitor_id: expected the id of a monitor, got " + scenario.job.id());
  }
}
