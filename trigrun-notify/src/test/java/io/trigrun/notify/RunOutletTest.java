package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_APPROVAL_REQUIRED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Failure;
import io.trigrun.NotFoundException;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.spi.Extension;
import io.trigrun.spi.MessageOutlet;
import io.trigrun.validation.ValidationException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("N9, W6: approvals that are asked for")
class RunOutletTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static Scenario scenario(Extension asking) {
    return new Scenario(
        TestStore.MEMORY.open(), Notifications.create(), builder -> builder.extension(asking));
  }

  @Test
  void both_layers_of_filters_count() {
    try (Scenario scenario = scenario(Asking.approval(HOUR))) {
      Channel ops = scenario.channel("ops", ON_APPROVAL_REQUIRED);
      scenario.channel("others", ON_APPROVAL_REQUIRED);
      Filters filters = scenario.notifications.filters();
      filters.set(ON_APPROVAL_REQUIRED, false);
      scenario.run();
      assertThat(scenario.receiver.received).isEmpty();

      filters.override(ops.id(), ON_APPROVAL_REQUIRED, true);
      scenario.run();
      assertThat(scenario.receiver.received)
          .extracting(Receiver.Received::path)
          .containsExactly("/ops");
    }
  }

  @Test
  void quiet_hours_hold_them_back_only_if_they_hold_back_everything() {
    try (Scenario scenario = scenario(Asking.approval(HOUR))) {
      Channel ops = scenario.channel("ops", ON_APPROVAL_REQUIRED);
      NoiseControls noise = scenario.notifications.noise();
      QuietHours quiet =
          QuietHours.of(
              ZoneOffset.UTC, QuietHours.Range.daily(LocalTime.of(9, 0), LocalTime.of(18, 0)));
      noise.set(ops.id(), NoiseControl.off().withQuietHours(quiet));
      scenario.run();
      assertThat(scenario.receiver.received).hasSize(1);

      noise.set(
          ops.id(), NoiseControl.off().withQuietHours(quiet.withFailuresBreakingThrough(false)));
      Execution run = scenario.run();
      assertThat(scenario.delivery(run).note().orElseThrow()).contains("quiet hours");
      scenario.driver.advance(Duration.ofHours(9)); // too late by then
      assertThat(scenario.delivery(run).failure().map(Failure::errorClass)).contains("expired");
      assertThat(scenario.receiver.received).hasSize(1);
    }
  }

  @Test
  void what_was_muted_or_is_too_late_is_not_sent_and_says_so() {
    try (Scenario scenario = scenario(Asking.approval(HOUR))) {
      Channel ops = scenario.channel("ops", ON_APPROVAL_REQUIRED);
      scenario
          .notifications
          .noise()
          .set(ops.id(), NoiseControl.off().mutedUntil(scenario.clock.instant().plusSeconds(60)));
      Execution run = scenario.run();
      Delivery muted = scenario.delivery(run);
      assertThat(muted.failure().map(Failure::errorClass)).contains("muted");

      scenario.driver.advance(HOUR);
      scenario.notifications.deliveries().retry(muted.id());
      scenario.driver.advance(Duration.ofSeconds(1));
      assertThat(scenario.delivery(run).failure().orElseThrow())
          .isEqualTo(
              new Failure(
                  "expired",
                  "nobody needs the message any more: it was due by 2026-03-16T11:00:00Z"));
      assertThat(scenario.receiver.received).isEmpty();
    }
  }

  @Test
  void a_link_is_in_the_message_and_nowhere_else() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    List<Object> shown = new ArrayList<>();
    try (Scenario scenario =
        new Scenario(
            TestStore.MEMORY.open(),
            Notifications.create(),
            b -> b.extension(Asking.approval(Duration.ofDays(9), "anna")).listener(shown::add))) {
      scenario.channel("ops", ON_APPROVAL_REQUIRED);
      scenario // a receiver that says everything back
          .receiver
          .answers(1, 500, Map.of(), "{\"got\":\"" + Asking.url("anna") + "\"}")
          .answers(1, 400, Map.of(), "no route for " + Asking.TOKEN + "-anna");
      Execution run = scenario.run();
      scenario.driver.advance(Duration.ofHours(12));
      Delivery delivery = scenario.delivery(run);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
      assertThat(scenario.receiver.bodies())
          .hasSize(2)
          .allSatisfy(body -> assertThat(body).contains(Asking.url("anna")));

      shown.add(delivery);
      shown.addAll(scenario.notifications.deliveries().attempts(delivery.id()));
      for (Execution execution :
          scenario.trigrun.executions().list(ExecutionQuery.all("default")).items()) {
        shown.addAll(List.of(execution, execution.payload(), execution.failure()));
      }
    } finally {
      System.setErr(before);
    }
    shown.add(TestMessages.approval());
    shown.add(new MessageOutlet.Reviewer(Optional.of("anna"), Asking.url("anna")));

    assertThat(shown).hasSizeGreaterThan(10);
    assertThat(shown)
        .allSatisfy(object -> assertThat(String.valueOf(object)).doesNotContain(Asking.TOKEN));
    assertThat(log.toString(UTF_8)).doesNotContain(Asking.TOKEN);
  }

  @Test
  void a_message_to_nobody_is_refused() {
    Asking asking = Asking.message("opps");
    try (Scenario scenario = scenario(asking)) {
      scenario.channel("ops");
      scenario.run();
      assertThat(asking.failure.get())
          .isInstanceOf(NotFoundException.class)
          .hasMessage("expected the name of a channel of this workspace, got opps");
      assertThat(scenario.receiver.received).isEmpty();
    }
  }

  @Test
  void rules_about_monitors_and_rules_that_collect_are_refused() {
    try (Scenario scenario = scenario(Asking.approval(HOUR))) {
      Channel ops = scenario.channel("ops");
      RuleOptions mornings = RuleOptions.none().withDigest(Digest.cron("0 8 * * *", "UTC"));
      assertThatThrownBy(
              () ->
                  scenario
                      .notifications
                      .rules()
                      .add(RuleScope.workspace(), ops.id(), ON_APPROVAL_REQUIRED, mornings))
          .isInstanceOf(ValidationException.class)
          .hasMessage(
              "digest: expected none for on_approval_required: a run waits, and a summary might"
                  + " come too late, got one");
      UUID monitor =
          scenario
              .trigrun
              .monitors()
              .create(MonitorSpec.of("API", Duration.ofMinutes(1)))
              .monitor()
              .id();
      assertThatThrownBy(
              () ->
                  scenario
                      .notifications
                      .rules()
                      .add(RuleScope.monitor(monitor), ops.id(), ON_APPROVAL_REQUIRED))
          .isInstanceOf(ValidationException.class);
      assertThat(NotificationEvent.of("on_approval_required")).isEqualTo(ON_APPROVAL_REQUIRED);
    }
  }
}
