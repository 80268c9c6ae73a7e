package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.examples.benchmarks.engine.Ledger;
import io.trigrun.notify.Channel;
import io.trigrun.notify.Channels;
import io.trigrun.notify.NotificationEvent;
import io.trigrun.notify.Notifications;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.spi.JobStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Deliveries planned by one node, which sends none, and sent by another. */
final class Webhooks {

  /** Each run of the job is told to that many. */
  static final int CHANNELS = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final String HANDLER = "nothing";

  private static final SecretCipher CIPHER =
      SecretCipher.aesGcm(KeyRing.of("benchmark", KeyRing.generateKey()));

  private Webhooks() {}

  /** Plans at least so many, and says how many. */
  static int plan(JobStore store, String url, int count) throws InterruptedException {
    int runs = (count + CHANNELS - 1) / CHANNELS;
    AtomicInteger next = new AtomicInteger();
    Ledger ledger = new Ledger(runs);
    Notifications notifications = Notifications.create();
    try (TrigRun planner =
        builder(store, notifications)
            .node("planner")
            .queue("notifications", 0)
            .handler(HANDLER, Json.class, (none, context) -> ledger.accept(next.getAndIncrement()))
            .build()) {
      Job job = planner.jobs().create(JobSpec.named("webhooks").handler(HANDLER).build());
      for (int i = 1; i <= CHANNELS; i++) {
        Channel channel =
            notifications
                .channels()
                .create(Channels.webhook("hook-" + i, url).signingSecret(Receiving.SECRET));
        notifications.rules().add(job.id(), channel.id(), NotificationEvent.ON_SUCCESS);
      }
      for (int i = 0; i < runs; i++) {
        planner.jobs().runNow(job.id());
      }
      planner.start();
      ledger.await(PATIENCE, ran -> {});
      awaitRecorded(planner);
    }
    return runs * CHANNELS;
  }

  /** Sends what was planned; the time ends when the store knows that the last one has arrived. */
  static Receiving.Report deliver(
      JobStore store, Receiving receiver, int planned, Consumer<String> progress)
      throws IOException {
    try (TrigRun sender = builder(store, Notifications.create()).node("sender").build()) {
      sender.start();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      int before = 0;
      int now = 0;
      while (now < planned && System.nanoTime() < deadline) {
        LockSupport.parkNanos(LOOK.toNanos());
        now = receiver.report().deliveries();
        if (now != before) {
          deadline = System.nanoTime() + PATIENCE.toNanos();
          before = now;
        }
      }
      awaitRecorded(sender);
      progress.accept("trigrun: %,d of %,d webhooks".formatted(now, planned));
      return receiver.report();
    }
  }

  private static TrigRunBuilder builder(JobStore store, Notifications notifications) {
    return TrigRun.builder()
        .store(store)
        .extension(notifications)
        .secrets(CIPHER)
        .egress(EgressPolicy.builder().allowLoopback().build());
  }

  private static void awaitRecorded(TrigRun node) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline
        && node.health().inFlight().values().stream().anyMatch(held -> held > 0)) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }
}
