package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_COMPLETION;
import static io.trigrun.notify.NotificationEvent.ON_ERROR;
import static io.trigrun.notify.NotificationEvent.ON_FAILURE;
import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.Trigger;
import io.trigrun.WorkspaceLimits;
import io.trigrun.notify.channel.BuiltInProviders;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DeliveryPlannerTest {

  private final TestHost host = new TestHost(TestStore.MEMORY);
  private final Providers providers = new Providers(BuiltInProviders.all());
  private final Notifications notifications = Notifications.create();
  private final DeliveryPlanner planner;

  DeliveryPlannerTest() {
    var unused = notifications.join(host);
    host.limits = WorkspaceLimits.unlimited();
    planner = planner(providers);
  }

  private DeliveryPlanner planner(Providers kinds) {
    return new DeliveryPlanner(
        new Fanout(
            Routing.cached(host),
            new DestinationLoader(host.store, kinds, new ChannelVault(host.secrets())),
            new FlapPlanner(host.store),
            new ContentVault(host.secrets())),
        RunDetails.of(host));
  }

  @Provide
  Arbitrary<Set<NotificationEvent>> rules() {
    return Arbitraries.of(ON_SUCCESS, ON_FAILURE, ON_COMPLETION, ON_ERROR).set();
  }

  /** How an attempt may end. */
  enum End {
    SUCCEEDED(ExecutionState.SUCCEEDED, true),
    FAILED_FOR_GOOD(ExecutionState.FAILED, false),
    RETRIED(ExecutionState.PENDING, false),
    GOES_ON_LATER(ExecutionState.PENDING, true),
    PARKED(ExecutionState.WAITING, true),
    CANCELLED(ExecutionState.CANCELLED, false);

    final ExecutionState state;
    final boolean attemptSucceeded;

    End(ExecutionState state, boolean attemptSucceeded) {
      this.state = state;
      this.attemptSucceeded = attemptSucceeded;
    }
  }

  /** The rule table in words, independent of the code: what each end is to a channel. */
  private static List<String> expected(End end, Set<NotificationEvent> rules) {
    List<String> all = new ArrayList<>();
    if ((end == End.RETRIED || end == End.FAILED_FOR_GOOD) && rules.contains(ON_ERROR)) {
      all.add("execution.error");
    }
    if (end == End.SUCCEEDED && rules.contains(ON_SUCCESS)) {
      all.add("execution.succeeded");
    } else if (end == End.FAILED_FOR_GOOD && rules.contains(ON_FAILURE)) {
      all.add("execution.failed");
    } else if ((end == End.SUCCEEDED || end == End.FAILED_FOR_GOOD)
        && rules.contains(ON_COMPLETION)) {
      all.add("execution.completed");
    }
    return all;
  }

  @Property
  void each_channel_hears_of_each_thing_once_by_its_most_specific_name(
      @ForAll End end,
      @ForAll("rules") Set<NotificationEvent> first,
      @ForAll("rules") Set<NotificationEvent> second) {
    UUID job = host.job("job-" + UUID.randomUUID());
    UUID ops = channelWithRules(job, first);
    UUID dev = channelWithRules(job, second);

    List<NewExecution> planned = plan(Ends.of(job, end.state, end.attemptSucceeded));

    assertThat(events(planned, ops)).isEqualTo(expected(end, first));
    assertThat(events(planned, dev)).isEqualTo(expected(end, second));
    assertThat(planned).hasSize(expected(end, first).size() + expected(end, second).size());
  }

  @Test
  void a_delivery_belongs_to_the_execution_but_is_no_run_of_the_job() {
    UUID job = host.job("nightly");
    channelWithRules(job, Set.of(ON_FAILURE));
    AttemptEnd end = Ends.of(job, ExecutionState.FAILED, false);

    NewExecution delivery = plan(end).get(0);

    assertThat(delivery.parentId()).contains(end.execution().id());
    assertThat(delivery.jobId()).isEmpty();
    assertThat(delivery.queue()).isEqualTo("notifications");
    assertThat(delivery.handler()).isEqualTo("trigrun.delivery");
    assertThat(delivery.trigger()).isEqualTo(Trigger.FOLLOW_UP);
    assertThat(delivery.dueAt()).isEqualTo(end.at());
    assertThat(delivery.uniqueKey()).isEmpty();
  }

  @Test
  void planning_the_same_end_again_even_later_enqueues_nothing_twice() {
    UUID job = host.job("nightly");
    channelWithRules(job, Set.of(ON_SUCCESS, ON_FAILURE, ON_COMPLETION, ON_ERROR));
    AttemptEnd end = Ends.of(job, ExecutionState.FAILED, false);

    List<NewExecution> first = plan(end);
    List<NewExecution> again =
        plan(new AttemptEnd(end.execution(), end.job(), end.attempt(), end.at().plusSeconds(1)));

    assertThat(ids(first)).doesNotHaveDuplicates().hasSize(2).isEqualTo(ids(again));
    host.store.write(WriteSet.enqueue(first));
    host.store.write(WriteSet.enqueue(again));
    assertThat(notifications.deliveries().of(end.execution().id()))
        .hasSize(2)
        .allMatch(delivery -> delivery.createdAt().equals(end.at()));
  }

  @Test
  void a_revived_execution_that_fails_again_is_told_again() {
    UUID job = host.job("nightly");
    channelWithRules(job, Set.of(ON_FAILURE));
    AttemptEnd first = Ends.of(job, ExecutionState.FAILED, false);
    AttemptEnd second = Ends.withLease(first, first.execution().lease() + 1);

    assertThat(ids(plan(first))).doesNotContainAnyElementsOf(ids(plan(second)));
  }

  @Test
  void upkeep_deliveries_and_executions_without_a_job_are_no_news() {
    UUID job = host.job("nightly");
    channelWithRules(job, Set.of(ON_SUCCESS, ON_FAILURE, ON_COMPLETION, ON_ERROR));
    AttemptEnd end = Ends.of(job, ExecutionState.FAILED, false);

    assertThat(plan(Ends.withTrigger(end, Trigger.SYSTEM))).isEmpty();
    assertThat(plan(Ends.withHandler(end, "trigrun.delivery"))).isEmpty();
    assertThat(plan(new AttemptEnd(end.execution(), Optional.empty(), end.attempt(), end.at())))
        .isEmpty();
  }

  @Test
  void a_broken_channel_does_not_stop_the_job() {
    UUID job = host.job("nightly");
    UUID channel = channelWithRules(job, Set.of(ON_FAILURE));
    DeliveryPlanner elsewhere = planner(new Providers(List.of()));

    List<NewExecution> planned =
        elsewhere.plan(Ends.of(job, ExecutionState.FAILED, false)).enqueue();

    assertThat(events(planned, channel)).containsExactly("execution.failed");
    assertThat(content(planned.get(0)).message()).isPresent();
  }

  @Test
  void a_failure_without_an_attempt_is_told_with_the_failure_of_the_execution() {
    UUID job = host.job("nightly");
    channelWithRules(job, Set.of(ON_FAILURE));
    AttemptEnd end = Ends.of(job, ExecutionState.FAILED, false);

    List<NewExecution> planned =
        plan(new AttemptEnd(end.execution(), end.job(), Optional.empty(), end.at()));

    assertThat(body(planned.get(0)))
        .contains("\"status_code\":null,\"body_preview\":null,\"error_class\":\"HTTP_5XX\"");
  }

  @Test
  void an_attempt_that_is_tried_again_says_so() {
    UUID job = host.job("nightly");
    channelWithRules(job, Set.of(ON_ERROR));

    assertThat(body(plan(Ends.of(job, ExecutionState.PENDING, false)).get(0)))
        .startsWith("{\"event\":\"execution.error\"")
        .contains("\"status\":\"queued\",\"status_code\":500");
  }

  private List<NewExecution> plan(AttemptEnd end) {
    return planner.plan(end).enqueue();
  }

  private UUID channelWithRules(UUID job, Set<NotificationEvent> events) {
    Channel channel =
        notifications
            .channels()
            .create(
                Channels.webhook("c-" + UUID.randomUUID(), "https://example.com/hook")
                    .signingSecret("whsec_x"));
    for (NotificationEvent event : events) {
      assertThat(
              host.store.write(
                  WriteSet.save(
                      RuleDocument.definition(
                          UUID.randomUUID(),
                          "default",
                          RuleScope.job(job),
                          channel.id(),
                          event,
                          TestHost.NOW))))
          .isInstanceOf(WriteResult.Stored.class);
    }
    return channel.id();
  }

  private static List<String> events(List<NewExecution> planned, UUID channel) {
    return planned.stream()
        .map(execution -> DeliveryPayload.read(execution.payload()))
        .filter(payload -> payload.channelId().equals(channel))
        .map(DeliveryPayload::event)
        .toList();
  }

  private static List<UUID> ids(List<NewExecution> planned) {
    return planned.stream().map(NewExecution::id).toList();
  }

  private static String body(NewExecution delivery) {
    return content(delivery).rendering().orElseThrow().body();
  }

  private static DeliveryContent.Open content(NewExecution delivery) {
    return (DeliveryContent.Open) DeliveryPayload.read(delivery.payload()).content();
  }
}
