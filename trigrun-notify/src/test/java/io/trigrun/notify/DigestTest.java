package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_COMPLETION;
import static io.trigrun.notify.NotificationEvent.ON_FAILURE;
import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.spi.DefinitionQuery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("N17: a rule may collect, and send one summary on a schedule")
class DigestTest {

  private static final RuleOptions EVENING =
      RuleOptions.none().withDigest(Digest.cron("0 18 * * *", "Europe/Zurich"));

  private final TestStore.Opened opened;
  private final Scenario scenario;

  DigestTest(TestStore store) {
    opened = store.open();
    scenario =
        new Scenario(opened, Notifications.builder().event("deployed").build(), builder -> builder);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void what_happens_is_collected_and_told_in_one_message() {
    collecting(ON_COMPLETION);
    var first = scenario.run();
    var second = scenario.failing(3).run();
    assertThat(scenario.receiver.received).isEmpty();

    scenario.driver.advance(Duration.ofHours(8));

    assertThat(scenario.receiver.bodies())
        .containsExactly(
            """
            {"event":"digest","items":[\
            {"event":"execution.completed","job":{"id":"%1$s","name":"Nightly sync"},"execution":\
            {"id":"%2$s","status":"succeeded","status_code":null,"body_preview":null,\
            "error_class":null},"output":null,"timestamp":"2026-03-16T10:00:00.000Z"},\
            {"event":"execution.completed","job":{"id":"%1$s","name":"Nightly sync"},"execution":\
            {"id":"%3$s","status":"failed","status_code":null,"body_preview":null,\
            "error_class":"HTTP_5XX"},"output":null,"timestamp":"2026-03-16T10:00:05.000Z"}],\
            "count":2,"timestamp":"2026-03-16T17:00:00.000Z"}"""
                .formatted(scenario.job.id(), first.id(), second.id()));
    assertThat(collected()).isZero();
  }

  @Test
  void where_nothing_happened_nothing_is_sent_and_the_next_day_is_told_again() {
    collecting(ON_SUCCESS);
    scenario.driver.advance(Duration.ofDays(3));
    assertThat(scenario.receiver.received).isEmpty();

    scenario.run();
    scenario.driver.advance(Duration.ofDays(1));
    scenario.run();
    scenario.driver.advance(Duration.ofDays(3));
    assertThat(scenario.receiver.bodies()).hasSize(2);
  }

  @Test
  void what_happens_after_the_firing_is_for_the_next() {
    collecting(ON_SUCCESS);
    scenario.driver.advance(Duration.ofHours(7)); // 18:00 in Zurich
    scenario.clock.advance(Duration.ofMillis(1));
    scenario.run();
    assertThat(scenario.receiver.received).isEmpty();
    assertThat(collected()).isOne();

    scenario.driver.advance(Duration.ofDays(1));
    assertThat(scenario.receiver.received).hasSize(1);
  }

  @Test
  void missed_firings_are_one_summary() {
    collecting(ON_SUCCESS);
    scenario.run();
    scenario.clock.advance(Duration.ofDays(5));
    scenario.driver.runDue();

    assertThat(scenario.receiver.bodies()).hasSize(1);
    assertThat(scenario.receiver.bodies().get(0)).contains("\"timestamp\":\"2026-03-20T17:00");
  }

  @Test
  void a_channel_that_is_told_at_once_as_well_gets_both() {
    Channel ops = collecting(ON_FAILURE);
    scenario.notifications.rules().add(scenario.job.id(), ops.id(), ON_FAILURE);
    scenario.failing(3).run();
    assertThat(scenario.receiver.bodies()).hasSize(1);

    scenario.driver.advance(Duration.ofDays(1));
    assertThat(scenario.receiver.bodies()).hasSize(2);
    assertThat(scenario.notifications.rules().list(scenario.job.id())).hasSize(2);
  }

  @Test
  void another_schedule_takes_over_what_was_collected() {
    Channel ops = collecting(ON_SUCCESS);
    Rule before = scenario.notifications.rules().list(scenario.job.id()).get(0);
    scenario.run();
    RuleOptions noon = RuleOptions.none().withDigest(Digest.cron("0 12 * * *", "UTC"));
    Rule after =
        scenario
            .notifications
            .rules()
            .add(RuleScope.job(scenario.job.id()), ops.id(), ON_SUCCESS, noon);

    scenario.driver.advance(Duration.ofDays(2));

    assertThat(after.id()).isEqualTo(before.id());
    assertThat(scenario.notifications.rules().list(scenario.job.id())).containsExactly(after);
    assertThat(scenario.receiver.bodies()).hasSize(1);
    assertThat(scenario.receiver.bodies().get(0)).contains("\"timestamp\":\"2026-03-16T12:00");
  }

  @Test
  void who_meets_another_at_the_same_firing_tells_nothing_twice() {
    Channel ops = collecting(ON_SUCCESS);
    RuleScope scope = RuleScope.job(scenario.job.id());
    Rules rules = scenario.notifications.rules();
    rules.add(
        scope,
        ops.id(),
        ON_SUCCESS,
        RuleOptions.none().withDigest(Digest.cron("0 4 * * *", "UTC")));
    rules.add(scope, ops.id(), ON_SUCCESS, EVENING); // and the cursor of before is there, too
    scenario.run();
    scenario.run();

    scenario.driver.advance(Duration.ofDays(2));
    assertThat(scenario.receiver.bodies()).singleElement().asString().contains("\"count\":2");
  }

  @Test
  void a_schedule_that_comes_back_goes_from_firing_to_firing_once() {
    Channel ops = collecting(ON_SUCCESS);
    RuleScope scope = RuleScope.job(scenario.job.id());
    Rules rules = scenario.notifications.rules();
    RuleOptions noon = RuleOptions.none().withDigest(Digest.cron("0 12 * * *", "UTC"));
    rules.add(scope, ops.id(), ON_SUCCESS, noon);
    rules.add(scope, ops.id(), ON_SUCCESS, EVENING);
    rules.add(scope, ops.id(), ON_SUCCESS, EVENING.withTemplate(words("Evening")));
    scenario.run();
    scenario.driver.advance(Duration.ofDays(2));

    assertThat(
            opened
                .store()
                .listExecutions(
                    ExecutionQuery.all("default")
                        .handler(DigestHandler.NAME)
                        .states(ExecutionState.PENDING))
                .items())
        .hasSize(1);
    assertThat(scenario.receiver.bodies()).hasSize(1);
  }

  private static MessageTemplate words(String title) {
    return MessageTemplate.builder().title(title).build();
  }

  @Test
  void a_rule_that_is_removed_takes_what_it_has_collected_along() {
    collecting(ON_SUCCESS);
    scenario.run();
    assertThat(collected()).isOne();
    Rule rule = scenario.notifications.rules().list(scenario.job.id()).get(0);
    scenario.notifications.rules().remove(rule.id());

    scenario.driver.advance(Duration.ofDays(1));
    assertThat(collected()).isZero();
    assertThat(scenario.receiver.received).isEmpty();
  }

  @Test
  void a_channel_that_is_deleted_takes_it_along_too() {
    Channel ops = collecting(ON_SUCCESS);
    scenario.run();
    scenario.notifications.channels().delete(ops.id());

    scenario.driver.advance(Duration.ofDays(1));
    assertThat(collected()).isZero();
    assertThat(scenario.receiver.received).isEmpty();
  }

  @Test
  void events_of_the_host_are_collected_once_for_each_key() {
    Channel ops = scenario.channel("ops");
    scenario
        .notifications
        .rules()
        .add(RuleScope.workspace(), ops.id(), NotificationEvent.own("deployed"), EVENING);
    HostEvent event = HostEvent.of("deployed", "Shop 2.1 is out").key("2.1");
    Published published = scenario.notifications.publish(event);
    scenario.notifications.publish(event);
    scenario.driver.advance(Duration.ofDays(1));
    scenario.notifications.publish(event);
    scenario.driver.advance(Duration.ofDays(1));

    assertThat(published.deliveryIds()).isEmpty();
    assertThat(scenario.receiver.bodies()).hasSize(1);
    assertThat(scenario.receiver.bodies().get(0)).contains("\"count\":1");
  }

  private Channel collecting(NotificationEvent event) {
    Channel ops = scenario.channel("ops");
    scenario.notifications.rules().add(RuleScope.job(scenario.job.id()), ops.id(), event, EVENING);
    return ops;
  }

  private int collected() {
    List<?> items = Definitions.all(opened.store(), DefinitionQuery.of("default", DigestItem.KIND));
    return items.size();
  }
}
