package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_CHANNEL_DISABLED;
import static io.trigrun.notify.NotificationEvent.ON_COMPLETION;
import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.NotFoundException;
import io.trigrun.RateLimit;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName(
    "N20: channels that don't work are disabled, others are paced, quiet or muted if asked")
class NoiseControlTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
  private static final NoiseControl THREE_FAULTS =
      NoiseControl.off().withAutoDisable(AutoDisable.after(3, Duration.ofHours(5)));

  private final TestStore.Opened opened;
  private final Scenario scenario;

  NoiseControlTest(TestStore store) {
    opened = store.open();
    scenario = new Scenario(opened, Notifications.create(), builder -> builder);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void a_channel_is_disabled_after_so_many_faults_in_a_row_and_others_are_told() {
    Channel ops = channel("ops", THREE_FAULTS);
    Channel boss = scenario.channel("boss");
    Rules rules = scenario.notifications.rules();
    rules.add(RuleScope.workspace(), boss.id(), ON_CHANNEL_DISABLED);
    rules.add(RuleScope.workspace(), ops.id(), ON_CHANNEL_DISABLED);
    scenario.receiver.answers(2, 403).answers(1, 200).answers(3, 404);
    run(5);
    assertThat(noise().health(ops.id()).disabled()).isEmpty();

    run(1);
    assertThat(noise().health(ops.id()).disabled().orElseThrow().reason()).contains("got 404");
    assertThat(told("/boss"))
        .singleElement()
        .satisfies(
            news ->
                assertThat(news)
                    .startsWith(
                        "{\"event\":\"channel.disabled\",\"channel\":{\"id\":\"" + ops.id()));

    Delivery unsent = scenario.delivery(scenario.run());
    assertThat(told("/ops")).hasSize(6);
    assertThat(unsent.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(unsent.failure().map(Failure::errorClass)).contains("channel_disabled");

    noise().enable(ops.id());
    scenario.notifications.deliveries().retry(unsent.id());
    scenario.driver.advance(Duration.ofSeconds(1));
    assertThat(told("/ops")).hasSize(7);
  }

  @Test
  void saving_it_with_a_change_enables_it_too() {
    Channel ops = channel("ops", THREE_FAULTS);
    scenario.receiver.answers(1, 410);
    run(1);
    assertThat(noise().health(ops.id()).disabled()).isPresent();
    scenario.clock.advance(Duration.ofSeconds(1));

    scenario
        .notifications
        .channels()
        .update(
            ops.id(),
            Channels.webhook("ops", scenario.receiver.url("/new")).signingSecret(Scenario.SECRET));

    run(1);
    assertThat(told("/new")).hasSize(1);
    assertThat(noise().health(ops.id())).isEqualTo(ChannelHealth.GOOD);
  }

  @Test
  void so_long_without_success_disables_it_whatever_the_failures() {
    Channel ops = channel("ops", THREE_FAULTS);
    scenario.receiver.answers(100, 500);
    run(1);
    scenario.driver.advance(Duration.ofHours(4));
    assertThat(noise().health(ops.id()).disabled()).isEmpty();
    scenario.driver.advance(Duration.ofHours(2));

    run(1);
    scenario.driver.advance(Duration.ofMinutes(1));
    assertThat(noise().health(ops.id()).disabled()).isPresent();
  }

  @Test
  void as_long_as_all_is_well_nothing_is_written() {
    Channel ops = channel("ops", THREE_FAULTS);
    run(3);
    assertThat(Definitions.find(opened.store(), ChannelState.idOf(ops.id()), ChannelState.KIND))
        .isEmpty();
  }

  @Test
  void a_receiver_that_is_gone_is_named_where_nothing_was_asked_for() {
    scenario.channel("ops", ON_COMPLETION);
    scenario.receiver.answers(1, 410);
    Delivery delivery = scenario.delivery(scenario.run());

    assertThat(delivery.failure().orElseThrow().message())
        .endsWith("the receiver wants no more messages: change the channel or delete it");
  }

  @Test
  void at_a_pace_what_is_too_much_waits_for_its_turn_and_uses_up_no_attempt() {
    Channel ops = channel("ops", NoiseControl.off());
    noise().set(ops.id(), NoiseControl.off().withPace(RateLimit.of(2, Duration.ofMinutes(10))));
    run(4);
    assertThat(told("/ops")).hasSize(2);
    assertThat(pending())
        .hasSize(2)
        .allSatisfy(
            waiting -> {
              assertThat(waiting.attempts()).isZero();
              assertThat(waiting.note().orElseThrow()).startsWith("the channel's pace");
            });

    scenario.driver.advance(Duration.ofMinutes(11));
    assertThat(told("/ops")).hasSize(4);
  }

  @Test
  void in_quiet_hours_messages_wait_and_bad_news_does_not() {
    QuietHours quiet =
        QuietHours.of(
            ZURICH, QuietHours.Range.daily(LocalTime.parse("10:30"), LocalTime.parse("13:00")));
    Channel ops = channel("ops", NoiseControl.off().withQuietHours(quiet));
    run(1);
    scenario.failing(3);
    run(1);

    assertThat(told("/ops")).singleElement().asString().contains("\"failed\"");
    assertThat(pending().get(0).note())
        .contains("the channel has quiet hours until 2026-03-16T12:00:00Z");
    assertThat(noise().get(ops.id()).quietHours()).contains(quiet);

    scenario.driver.advance(Duration.ofHours(2));
    assertThat(told("/ops")).hasSize(2);
  }

  @Test
  void quiet_hours_may_drop_messages_and_they_say_so() {
    QuietHours quiet =
        QuietHours.of(
                ZURICH, QuietHours.Range.daily(LocalTime.parse("22:00"), LocalTime.parse("22:00")))
            .withMode(QuietHours.Mode.DROP)
            .withFailuresBreakingThrough(false);
    channel("ops", NoiseControl.off().withQuietHours(quiet));
    Delivery dropped = scenario.delivery(scenario.failing(3).run());

    assertThat(scenario.receiver.received).isEmpty();
    assertThat(dropped.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(dropped.failure().map(Failure::errorClass)).contains("quiet_hours");
  }

  @Test
  void a_muted_channel_gets_nothing_until_then() {
    Instant until = Instant.parse("2026-03-16T11:00:00Z");
    channel("ops", NoiseControl.off().mutedUntil(until));
    Execution run = scenario.run();
    assertThat(scenario.delivery(run).failure())
        .contains(new Failure("muted", "the channel is muted until " + until));

    scenario.clock.set(until);
    run(1);
    assertThat(told("/ops")).hasSize(1);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> noise().set(UUID.randomUUID(), NoiseControl.off()))
        .isInstanceOf(NotFoundException.class);
    Channel ops = scenario.channel("ops");
    assertThatThrownBy(
            () ->
                scenario
                    .notifications
                    .rules()
                    .add(RuleScope.label("x"), ops.id(), ON_CHANNEL_DISABLED))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> scenario.channel("dev", ON_CHANNEL_DISABLED))
        .isInstanceOf(ValidationException.class);
    assertThat(noise().get(ops.id())).isEqualTo(NoiseControl.off());
    scenario.notifications.channels().delete(ops.id());
  }

  private Channel channel(String name, NoiseControl noise) {
    Channel channel = scenario.channel(name, ON_SUCCESS, ON_COMPLETION);
    noise().set(channel.id(), noise);
    return channel;
  }

  private NoiseControls noise() {
    return scenario.notifications.noise();
  }

  private void run(int times) {
    for (int i = 0; i < times; i++) {
      scenario.run();
    }
  }

  private List<Delivery> pending() {
    return scenario
        .notifications
        .deliveries()
        .list(DeliveryQuery.all().status(DeliveryStatus.PENDING))
        .items();
  }

  private List<String> told(String path) {
    return scenario.receiver.received.stream()
        .filter(request -> request.path().equals(path))
        .map(Receiver.Received::body)
        .toList();
  }
}
