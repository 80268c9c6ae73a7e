package io.trigrun.notify;

import io.trigrun.BackoffPolicy;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.handler.Outcome;
import io.trigrun.http.HttpTransport;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.UnaryOperator;

/** A TrigRun with notifications that a test drives by hand, a job and somebody who listens. */
final class Scenario implements AutoCloseable {

  static final String SECRET = "whsec_your_signing_secret";

  final Receiver receiver = new Receiver();
  final HttpTransport transport =
      HttpTransport.jdkBuilder().egress(EgressPolicy.builder().allowLoopback().build()).build();
  final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  final Notifications notifications;
  final TrigRun trigrun;
  final TrigRunDriver driver;
  final Queue<Outcome> outcomes = new ArrayDeque<>();
  final Job job;
  private final TestStore.Opened opened;

  Scenario(TestStore kind) {
    this(kind.open(), Notifications.create(), builder -> builder);
  }

  /** Closes the store, too. */
  Scenario(
      TestStore.Opened opened, Notifications notifications, UnaryOperator<TrigRunBuilder> more) {
    this.opened = opened;
    this.notifications = notifications;
    trigrun =
        more.apply(
                TrigRun.builder()
                    .store(opened.store())
                    .clock(clock)
                    .httpTransport(transport)
                    .secrets(TestSecrets.CIPHER)
                    .extension(notifications)
                    .outcomeHandler("sync", Json.class, (payload, context) -> next()))
            .build();
    driver = new TrigRunDriver(trigrun, clock);
    job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("Nightly sync")
                    .handler("sync")
                    .retry(
                        RetryPolicy.attempts(3)
                            .withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(1))))
                    .build());
  }

  private Outcome next() {
    return outcomes.isEmpty() ? Outcome.succeeded() : outcomes.remove();
  }

  JobStore store() {
    return opened.store();
  }

  Channel channel(String name, NotificationEvent... events) {
    Channel channel =
        notifications
            .channels()
            .create(Channels.webhook(name, receiver.url("/" + name)).signingSecret(SECRET));
    for (NotificationEvent event : events) {
      notifications.rules().add(job.id(), channel.id(), event);
    }
    return channel;
  }

  /** The next runs fail that many times. */
  Scenario failing(int attempts) {
    for (int i = 0; i < attempts; i++) {
      outcomes.add(Outcome.failed("HTTP_5XX", "status: expected 200, got 500"));
    }
    return this;
  }

  /** Runs the job to its end, retries included; deliveries that are due go out, too. */
  Execution run() {
    Execution run = trigrun.jobs().runNow(job.id());
    driver.advance(Duration.ofSeconds(3));
    return trigrun.executions().find(run.id()).orElseThrow();
  }

  /** The only delivery there is about an execution. */
  Delivery delivery(Execution run) {
    var all = notifications.deliveries().of(run.id());
    if (all.size() != 1) {
      throw new AssertionError("expected one delivery, got " + all);
    }
    return all.get(0);
  }

  @Override
  public void close() {
    trigrun.close();
    transport.close();
    opened.close();
    receiver.close();
  }
}
