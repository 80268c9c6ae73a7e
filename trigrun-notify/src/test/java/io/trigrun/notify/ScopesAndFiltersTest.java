package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_COMPLETION;
import static io.trigrun.notify.NotificationEvent.ON_FAILURE;
import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("N10, N11: rules for labels and workspaces, and filters in two layers")
class ScopesAndFiltersTest {

  private final Scenario scenario;
  private final Rules rules;
  private final Filters filters;

  ScopesAndFiltersTest(TestStore store) {
    scenario = new Scenario(store);
    rules = scenario.notifications.rules();
    filters = scenario.notifications.filters();
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private List<String> heard(Job job) {
    Execution run = scenario.trigrun.jobs().runNow(job.id());
    scenario.driver.advance(Duration.ofSeconds(3));
    return scenario.notifications.deliveries().of(run.id()).stream()
        .map(
            delivery ->
                scenario
                        .notifications
                        .channels()
                        .find(delivery.channelId().orElseThrow())
                        .orElseThrow()
                        .name()
                    + " "
                    + delivery.event())
        .sorted()
        .toList();
  }

  private Job labelled(String name, String... labels) {
    return scenario
        .trigrun
        .jobs()
        .create(JobSpec.named(name).handler("sync").labels(labels).build());
  }

  @Test
  void a_rule_for_a_label_is_for_all_jobs_that_carry_it() {
    Channel qa = scenario.channel("qa");
    Rule rule = rules.add(RuleScope.label("team:qa"), qa.id(), ON_SUCCESS);

    assertThat(heard(labelled("Checkout", "team:qa", "eu")))
        .containsExactly("qa execution.succeeded");
    assertThat(heard(labelled("Billing", "team:ops"))).isEmpty();
    assertThat(heard(scenario.job)).isEmpty();
    assertThat(rules.list(RuleScope.label("team:qa"))).containsExactly(rule);
    assertThat(rules.list(RuleScope.workspace())).isEmpty();
    assertThat(rules.remove(rule.id())).isTrue();
    assertThat(heard(labelled("Search", "team:qa"))).isEmpty();
  }

  @Test
  void a_rule_for_the_workspace_is_for_all_jobs_and_no_channel_hears_twice() {
    Channel all = scenario.channel("all", ON_SUCCESS);
    rules.add(RuleScope.workspace(), all.id(), ON_COMPLETION);
    rules.add(RuleScope.label("eu"), all.id(), ON_SUCCESS);

    assertThat(heard(scenario.job)).containsExactly("all execution.succeeded");
    assertThat(heard(labelled("Billing"))).containsExactly("all execution.completed");
    assertThat(heard(labelled("Checkout", "eu"))).containsExactly("all execution.succeeded");
    Rule twice = rules.add(RuleScope.workspace(), all.id(), ON_COMPLETION);
    assertThat(rules.list(RuleScope.workspace())).containsExactly(twice);
    scenario.notifications.channels().delete(all.id());
    assertThat(rules.list(RuleScope.workspace())).isEmpty();
  }

  @Test
  void an_event_that_is_switched_off_is_off_for_channels_that_do_not_override_it() {
    Channel ops = scenario.channel("ops", ON_SUCCESS, ON_COMPLETION);
    Channel qa = scenario.channel("qa", ON_SUCCESS);
    filters.set(ON_SUCCESS, false);
    filters.override(qa.id(), ON_SUCCESS, true);

    assertThat(heard(scenario.job))
        .containsExactly("ops execution.completed", "qa execution.succeeded");

    filters.inherit(qa.id(), ON_SUCCESS);
    filters.set(ON_COMPLETION, false);
    assertThat(heard(scenario.job)).isEmpty();

    filters.set(ON_SUCCESS, true);
    filters.override(ops.id(), ON_SUCCESS, false);
    assertThat(heard(scenario.job)).containsExactly("qa execution.succeeded");
    assertThat(filters.get().channels()).containsOnlyKeys(ops.id());
    scenario.notifications.channels().delete(ops.id());
    assertThat(filters.set(ON_FAILURE, true).channels()).isEmpty();
  }

  @Test
  void an_override_for_nobody_is_refused() {
    UUID nobody = UUID.randomUUID();
    assertThatThrownBy(() -> filters.override(nobody, ON_SUCCESS, true))
        .isInstanceOf(ValidationException.class)
        .hasMessage("channel_id: expected the id of a channel, got " + nobody);
    assertThatThrownBy(() -> RuleScope.label("no label"))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("label: expected 1 to 64 letters");
  }
}
