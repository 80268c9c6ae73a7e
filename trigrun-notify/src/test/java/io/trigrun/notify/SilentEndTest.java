package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.trigrun.ExecutionState;
import io.trigrun.WorkspaceLimits;
import io.trigrun.notify.channel.BuiltInProviders;
import io.trigrun.spi.AttemptEnd;
import java.lang.management.ManagementFactory;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the end of a run costs that nobody has a rule for: every job of every host pays that. */
class SilentEndTest {

  private static final int ENDS = 10_000;
  private static final int BYTES_WORTH_NAMING = 256;

  private final TestHost host = new TestHost(TestStore.MEMORY);
  private final Notifications notifications = Notifications.create();
  private DeliveryPlanner planner;

  @BeforeEach
  void join() {
    var unused = notifications.join(host);
    host.limits = WorkspaceLimits.unlimited();
    planner =
        new DeliveryPlanner(
            new Fanout(
                Routing.cached(host),
                new DestinationLoader(
                    host.store,
                    new Providers(BuiltInProviders.all()),
                    new ChannelVault(host.secrets())),
                new FlapPlanner(host.store),
                new ContentVault(host.secrets())),
            RunDetails.of(host));
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void asks_once_for_the_rules_of_the_job_and_of_its_workspace_and_for_nothing_else() {
    UUID job = host.job("nightly");

    assertThat(planner.plan(Ends.of(job, ExecutionState.FAILED, false)).enqueue()).isEmpty();

    assertThat(host.asked).containsExactly(job, "default");
  }

  @Test
  void an_end_with_a_rule_asks_for_rules_once_however_much_happens() {
    UUID job = host.job("nightly");
    rule(job, NotificationEvent.ON_FAILURE);
    rule(job, NotificationEvent.ON_ERROR);
    host.asked.clear();

    assertThat(planner.plan(Ends.of(job, ExecutionState.FAILED, false)).enqueue()).hasSize(2);

    assertThat(host.asked.stream().filter(job::equals)).hasSize(1);
  }

  @Test
  void a_rule_for_something_else_costs_no_more() {
    UUID job = host.job("nightly");
    rule(job, NotificationEvent.ON_FAILURE);
    host.asked.clear();

    assertThat(planner.plan(Ends.of(job, ExecutionState.SUCCEEDED, true)).enqueue()).isEmpty();

    assertThat(host.asked).containsExactly(job, "default");
  }

  @Test
  void allocates_next_to_nothing() {
    host.caching = true;
    AttemptEnd end = Ends.of(host.job("nightly"), ExecutionState.SUCCEEDED, true);
    planOften(end);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    planOften(end);
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / ENDS;

    assertThat(each).isLessThan(BYTES_WORTH_NAMING);
  }

  private void planOften(AttemptEnd end) {
    for (int i = 0; i < ENDS; i++) {
      assertThatNothingFollows(end);
    }
  }

  private void assertThatNothingFollows(AttemptEnd end) {
    if (!planner.plan(end).isEmpty()) {
      throw new AssertionError("expected nothing to follow");
    }
  }

  private void rule(UUID job, NotificationEvent event) {
    Channel channel =
        notifications
            .channels()
            .create(Channels.webhook("hook-" + UUID.randomUUID(), "https://ops.example.com/hook"));
    notifications.rules().add(job, channel.id(), event);
  }
}
