package io.trigrun.examples.quickstart;

import io.trigrun.BackoffPolicy;
import io.trigrun.ExecutionRequest;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.http.HttpAction;
import io.trigrun.notify.Channel;
import io.trigrun.notify.Channels;
import io.trigrun.notify.NotificationEvent;
import io.trigrun.schedule.Schedule;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The whole story in one run: jobs that fail and recover, a signed webhook, work that lives and
 * dies with a transaction of the host, and a restart in the middle. Ends with status 1 if anything
 * of it did not happen.
 */
public final class Quickstart {

  private static final String SIGNING_SECRET = "whsec_only-for-the-quickstart";
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final RetryPolicy THREE_ATTEMPTS =
      RetryPolicy.attempts(3).withBackoff(BackoffPolicy.fixed(Duration.ofMillis(300)));

  private final Console console;
  private final Expectations expectations;

  private Quickstart(PrintStream out) {
    console = new Console(out);
    expectations = new Expectations(console);
  }

  /** Runs it; no arguments. */
  public static void main(String[] args) throws Exception {
    if (!run(System.out)) {
      System.exit(1);
    }
  }

  /** Tells the story, and whether all of it happened. */
  static boolean run(PrintStream out) throws Exception {
    Quickstart quickstart = new Quickstart(out);
    try (TemporaryFolder folder = TemporaryFolder.create();
        Target target = Target.start(SIGNING_SECRET, quickstart.console, quickstart.expectations)) {
      Path database = folder.path().resolve("shop");
      return quickstart.firstLife(database, target) && quickstart.secondLife(database);
    }
  }

  private boolean firstLife(Path database, Target target) throws Exception {
    console.chapter("First life");
    try (Application app = Application.open("first-life", database, console, expectations)) {
      Job health = app.trigrun().jobs().save(healthCheck(target));
      Job export = app.trigrun().jobs().save(nightlyExport(target));
      Channel ops =
          app.notifications()
              .channels()
              .create(Channels.webhook("ops", target.url("/hook")).signingSecret(SIGNING_SECRET));
      app.notifications().rules().add(export.id(), ops.id(), NotificationEvent.ON_FAILURE);

      app.start();
      app.shop().placeAndRollBack(new Order(1), app.trigrun());
      app.shop().placeAndCommit(new Order(2), app.trigrun());

      History history = new History(app);
      expectations.expect(
          "health-check fails once, then succeeds", () -> history.recovered(health));
      expectations.expect("nightly-export fails three times", () -> history.failed(export, 3));
      expectations.expect(
          "its webhook arrives, signed", () -> history.told(export, target.verifiedWebhooks()));
      expectations.expect(
          "order 2, committed, is confirmed", () -> history.confirmed(new Order(2)));
      boolean happened = expectations.await(PATIENCE);

      app.stop();
      app.trigrun().enqueue(ExecutionRequest.of(Application.REMIND, new Order(2)));
      console.say("host", "enqueued a reminder with nobody left to run it; closing the store");
      return happened;
    }
  }

  private boolean secondLife(Path database) throws Exception {
    console.chapter("Second life, on the same file");
    try (Application app = Application.open("second-life", database, console, expectations)) {
      app.start();

      History history = new History(app);
      expectations.expect("the reminder runs after the restart", history::reminded);
      expectations.expect("health-check goes on by itself", history::healthCheckGoesOn);
      boolean happened = expectations.await(PATIENCE);
      expectations.expect("order 1, rolled back, never ran", history::onlyOrderTwoExists);
      happened &= expectations.await(Duration.ZERO);

      app.stop();
      new Report(app, console).print();
      return happened;
    }
  }

  private static JobSpec healthCheck(Target target) {
    return JobSpec.named("health-check")
        .schedule(Schedule.every(Duration.ofSeconds(1)))
        .action(HttpAction.get(target.url("/health")).build())
        .retry(THREE_ATTEMPTS)
        .build();
  }

  private static JobSpec nightlyExport(Target target) {
    return JobSpec.named("nightly-export")
        .schedule(Schedule.now())
        .action(
            HttpAction.post(target.url("/export")).jsonBody("{\"day\": \"{{timestamp}}\"}").build())
        .retry(THREE_ATTEMPTS)
        .build();
  }
}
