package io.trigrun.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.spi.TimeOrderedId;
import io.trigrun.testing.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The small parts of the engine, each on its own. */
@Timeout(60)
class EnginePartsTest {

  private static final Instant START = Instant.parse("2026-03-16T10:00:00Z");

  @Test
  void prefetch_follows_the_pace_up_to_its_bound_and_falls_back_when_work_gets_slow() {
    Prefetch prefetch = new Prefetch(1_000);

    assertThat(prefetch.size(START, 0)).isZero();
    assertThat(prefetch.size(START.plusMillis(100), 200)).as("a tenth of 2,000/s").isEqualTo(200);
    assertThat(prefetch.size(START.plusMillis(200), 100_000)).isEqualTo(1_000);
    assertThat(prefetch.size(START.plusMillis(300), 100_000)).isEqualTo(500);
    assertThat(prefetch.size(START.plusMillis(200), 100_000)).as("clock set back").isEqualTo(500);
    assertThat(new Prefetch(0).size(START.plusMillis(100), 5_000)).isZero();
  }

  @Test
  void a_cached_value_is_as_fresh_as_the_newest_revision_heard_of() {
    Revision revision = new Revision();
    AtomicInteger loads = new AtomicInteger();
    CaffeineRevisionCache<String, Integer> cache =
        new CaffeineRevisionCache<>(revision, key -> loads.incrementAndGet());

    assertThat(cache.get("a")).isEqualTo(1);
    assertThat(cache.get("a")).isEqualTo(1);
    revision.heardOf(5);
    assertThat(cache.get("a")).isEqualTo(2);
    revision.heardOf(4);
    assertThat(cache.get("a")).as("revisions do not fall").isEqualTo(2);
  }

  @Test
  void a_revision_that_comes_while_a_value_is_loaded_outdates_it() {
    Revision revision = new Revision();
    AtomicInteger loads = new AtomicInteger();
    CaffeineRevisionCache<String, Integer> cache =
        new CaffeineRevisionCache<>(
            revision,
            key -> {
              int load = loads.incrementAndGet();
              revision.heardOf(load == 1 ? 1 : 0);
              return load;
            });

    assertThat(cache.get("a")).isEqualTo(1);
    assertThat(cache.get("a")).isEqualTo(2);
    assertThat(cache.get("a")).isEqualTo(2);
  }

  @Test
  void alarms_ring_in_the_order_of_their_instants_and_not_before_them() throws Exception {
    LocalTimer timer = new LocalTimer(Clock.systemUTC());
    BlockingQueue<String> rung = new LinkedBlockingQueue<>();
    timer.start();
    try {
      Instant now = Instant.now();
      timer.at(now.plusMillis(60), () -> rung.add("late"));
      timer.at(now.plusMillis(30), () -> rung.add("early"));
      timer.at(
          now.minusMillis(1),
          () -> {
            throw new IllegalStateException("a surprise harms no later alarm");
          });

      assertThat(rung.poll(20, TimeUnit.SECONDS)).isEqualTo("early");
      assertThat(Instant.now()).isAfterOrEqualTo(now.plusMillis(30));
      assertThat(rung.poll(20, TimeUnit.SECONDS)).isEqualTo("late");
    } finally {
      timer.stop();
    }
  }

  @Test
  void a_loop_is_interrupted_only_while_it_waits() throws Exception {
    CountDownLatch inCall = new CountDownLatch(1);
    AtomicBoolean finish = new AtomicBoolean();
    AtomicBoolean interrupted = new AtomicBoolean();
    Loop loop =
        new Loop(
            "trigrun-test",
            () -> {
              inCall.countDown();
              while (!finish.get()) {
                Thread.onSpinWait();
              }
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    loop.start();
    assertThat(inCall.await(20, TimeUnit.SECONDS)).isTrue();

    Thread stopper = new Thread(loop::stop);
    stopper.start();
    while (!loop.isStopped()) {
      Thread.onSpinWait();
    }
    finish.set(true);
    stopper.join();

    assertThat(interrupted).isFalse();
  }

  @Test
  void a_loop_that_waits_ends_at_once_and_an_error_does_not_end_it() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    CountDownLatch waiting = new CountDownLatch(1);
    Loop[] self = new Loop[1];
    self[0] =
        new Loop(
            "trigrun-test",
            () -> {
              if (rounds.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("gone");
              }
              waiting.countDown();
              self[0].sleep(Duration.ofHours(1));
            });
    self[0].start();
    assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

    self[0].stop();

    assertThat(rounds).hasValue(2);
  }

  @Test
  void the_id_of_a_name_is_the_same_each_time_and_lies_beside_others_of_its_millisecond() {
    UUID id = TimeOrderedId.named(START, "notify/1");

    assertThat(TimeOrderedId.named(START.plusNanos(999_999), "notify/1")).isEqualTo(id);
    assertThat(TimeOrderedId.named(START, "notify/2")).isNotEqualTo(id);
    assertThat(TimeOrderedId.named(START.plusMillis(1), "notify/2").toString())
        .isGreaterThan(id.toString());
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(START.toEpochMilli());
    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void ids_grow_with_time_and_are_never_the_same() throws Exception {
    List<UUID> ids = new ArrayList<>();
    Instant now = START;
    for (int i = 0; i < 10_000; i++) {
      ids.add(TimeOrderedId.at(now));
      now = now.plusNanos(1_000);
    }
    List<String> sorted = new ArrayList<>(ids.stream().map(UUID::toString).toList());
    Collections.sort(sorted);
    assertThat(ids.stream().map(UUID::toString)).containsExactlyElementsOf(sorted);
    assertThat(ids).allSatisfy(id -> assertThat(id.version()).isEqualTo(7));
    assertThat(ids).allSatisfy(id -> assertThat(id.variant()).isEqualTo(2));

    Set<UUID> all = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 25_000; i++) {
                  all.add(TimeOrderedId.at(START));
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(all).hasSize(100_000);
  }

  @Test
  void a_log_is_cut_on_a_character() {
    RunLog log = new RunLog();
    log.add("a");
    log.add("\ud83d\ude00".repeat(20_000));

    String text = log.text().orElseThrow();

    assertThat(text).startsWith("a\n\ud83d\ude00").endsWith("\ud83d\ude00");
    assertThat(text.codePointCount(0, text.length())).isEqualTo(2 + (65_536 - 2) / 4);
  }

  @Test
  void health_speaks_of_one_outage_until_every_part_works() {
    List<String> told = new ArrayList<>();
    EventBus events = new EventBus(List.of(event -> told.add(event.getClass().getSimpleName())));
    StoreHealth health = new StoreHealth(ManualClock.at(START), events);

    health.failed(StoreHealth.Part.RECORD, new IllegalStateException("disk full"));
    health.claimed();
    health.failed(StoreHealth.Part.RECORD, new IllegalStateException("still full"));
    assertThat(health.reason().orElseThrow()).contains("still full");
    health.worked(StoreHealth.Part.RECORD);

    assertThat(told).containsExactly("StoreUnavailable", "StoreRecovered");
    assertThat(health.reason()).isEmpty();
  }
}
