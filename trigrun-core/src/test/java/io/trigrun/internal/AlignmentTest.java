package io.trigrun.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import io.trigrun.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A node's clock against a store's that the test sets. */
class AlignmentTest {

  private static final Instant START = Instant.parse("2026-03-16T10:00:00Z");

  private final ManualClock host = ManualClock.at(START);
  private Duration ahead = Duration.ZERO;
  private Duration roundTrip = Duration.ZERO;
  private Supplier<Optional<Instant>> answer = () -> Optional.of(host.instant().plus(ahead));
  private long nanos = 7;
  private int asked;
  private final Queue<Runnable> looks = new ArrayDeque<>();
  private final Alignment alignment = new Alignment(store(), host, true, () -> nanos, looks::add);

  private JobStore store() {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("now");
              asked++;
              pass(roundTrip.dividedBy(2));
              Optional<Instant> now = answer.get();
              pass(roundTrip.dividedBy(2));
              return now;
            });
  }

  /** Time passes, and the host's clock with it. */
  private void pass(Duration time) {
    nanos += time.toNanos();
    host.advance(time);
  }

  private Duration shown() {
    return Duration.between(host.instant(), alignment.clock().instant());
  }

  @Test
  void a_clock_that_is_wrong_goes_by_the_stores() {
    ahead = Duration.ofHours(-1);
    alignment.keep(Alignment.IDLE);
    assertThat(shown()).isEqualTo(Duration.ofHours(-1));
    assertThat(alignment.offset()).isEqualTo(Duration.ofHours(-1));
  }

  @Test
  void the_answer_is_taken_for_the_middle_of_the_round_trip() {
    ahead = Duration.ofMinutes(3);
    roundTrip = Duration.ofMillis(80);
    alignment.keep(Alignment.IDLE);
    assertThat(shown()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void what_may_be_an_error_of_the_measurement_changes_nothing() {
    roundTrip = Duration.ofMillis(20);
    ahead = Duration.ofMillis(11);
    alignment.keep(Alignment.IDLE);
    assertThat(shown()).isZero();
    ahead = Duration.ofMillis(12);
    alignment.keep(Duration.ZERO);
    assertThat(shown()).isEqualTo(Duration.ofMillis(12));
  }

  @Test
  void a_slow_answer_is_asked_for_again_and_the_fastest_counts() {
    roundTrip = Duration.ofMillis(300);
    answer =
        () -> {
          roundTrip = roundTrip.dividedBy(2);
          return Optional.of(host.instant().plusSeconds(5));
        };
    alignment.keep(Alignment.IDLE);
    assertThat(asked).isEqualTo(3);
    answer = () -> Optional.of(host.instant().plusSeconds(9));
    roundTrip = Duration.ofMillis(100);
    alignment.keep(Duration.ZERO);
    assertThat(asked).isEqualTo(4);
    assertThat(shown()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void it_is_measured_no_more_often_than_asked_for_unless_the_hosts_clock_is_set() {
    alignment.keep(Alignment.IDLE);
    pass(Duration.ofSeconds(29));
    alignment.keep(Alignment.IDLE);
    assertThat(asked).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    alignment.keep(Alignment.IDLE);
    assertThat(asked).isEqualTo(2);
    Instant before = alignment.clock().instant();
    ahead = Duration.ofMinutes(-10);
    host.advance(Duration.ofMinutes(10));
    alignment.keep(Alignment.IDLE);
    assertThat(asked).isEqualTo(3);
    assertThat(alignment.clock().instant()).isEqualTo(before);
  }

  @Test
  void a_small_step_back_is_made_up_for_at_half_the_pace_and_time_never_goes_back() {
    ahead = Duration.ofSeconds(10);
    alignment.keep(Duration.ZERO);
    Instant last = alignment.clock().instant();
    ahead = Duration.ofMillis(9_200);
    alignment.keep(Duration.ZERO);
    for (int step = 0; step < 16; step++) {
      Instant now = alignment.clock().instant();
      assertThat(now).isAfterOrEqualTo(last);
      last = now;
      pass(Duration.ofMillis(100));
      assertThat(Duration.between(last, alignment.clock().instant())).hasMillis(50);
    }
    assertThat(shown()).isEqualTo(Duration.ofMillis(9_200));
    pass(Duration.ofDays(1));
    assertThat(shown()).isEqualTo(Duration.ofMillis(9_200));
  }

  @Test
  void a_large_step_back_is_taken_at_once() {
    ahead = Duration.ofHours(1);
    alignment.keep(Duration.ZERO);
    ahead = Duration.ZERO;
    alignment.keep(Duration.ZERO);
    assertThat(shown()).isZero();
  }

  /** As {@link Alignment#nowInTransaction}, with somebody who looks at the store's clock aside. */
  private Instant nowInTransaction() {
    Alignment kept =
        new Alignment(
            store(),
            host,
            true,
            () -> nanos,
            look -> {
              looks.add(look);
              look.run();
            });
    kept.keep(Alignment.IDLE);
    host.advance(Duration.ofHours(3)); // somebody sets it
    ahead = Duration.ofHours(-3);
    return kept.nowInTransaction();
  }

  @Test
  void a_transaction_of_the_host_hears_the_right_time_when_its_clock_was_set() {
    assertThat(nowInTransaction()).isEqualTo(START);
    assertThat(looks).hasSize(1);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void a_transaction_of_the_host_goes_by_elapsed_time_while_nobody_can_look() {
    answer =
        () -> {
          if (asked > 1) {
            throw StoreException.unavailable("down", new IllegalStateException());
          }
          return Optional.of(START);
        };
    assertThat(nowInTransaction()).isEqualTo(START);
  }

  @Test
  void a_transaction_of_the_host_does_not_wait_for_a_look_that_is_only_due() {
    alignment.keep(Alignment.IDLE);
    pass(Duration.ofSeconds(59));
    assertThat(alignment.nowInTransaction()).isEqualTo(host.instant());
    assertThat(looks).isEmpty();
    pass(Duration.ofSeconds(1));
    ahead = Duration.ofSeconds(5);
    assertThat(alignment.nowInTransaction()).isEqualTo(host.instant());
    assertThat(alignment.nowInTransaction()).isEqualTo(host.instant());
    assertThat(looks).as("one at a time").hasSize(1);
    looks.remove().run();
    assertThat(alignment.nowInTransaction()).isEqualTo(host.instant().plusSeconds(5));
    assertThat(looks).isEmpty();
  }

  @Test
  void nobody_knows_the_time_before_the_store_has_answered_once() {
    answer =
        () -> {
          throw StoreException.unavailable("down", new IllegalStateException());
        };
    assertThatThrownBy(() -> alignment.keep(Alignment.IDLE)).isInstanceOf(StoreException.class);
    assertThat(alignment.nowForHost()).as("for the host, better than nothing").isEqualTo(START);
    answer = () -> Optional.of(host.instant().plusSeconds(60));
    alignment.keep(Alignment.IDLE);
    answer =
        () -> {
          throw StoreException.unavailable("down", new IllegalStateException());
        };
    alignment.keep(Duration.ZERO);
    assertThat(shown()).as("as known").isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void a_call_of_the_host_does_not_wait_for_a_store_that_has_just_failed() {
    answer =
        () -> {
          throw StoreException.unavailable("down", new IllegalStateException());
        };
    for (int call = 0; call < 5; call++) {
      assertThat(alignment.nowForHost()).isEqualTo(START);
    }
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void without_a_clock_of_the_store_or_the_wish_the_hosts_is_the_only_one() {
    Alignment none = new Alignment(new InMemoryJobStore(), host, true, () -> nanos, looks::add);
    none.keep(Duration.ZERO);
    assertThat(none.clock().instant()).isEqualTo(START);
    ahead = Duration.ofHours(1);
    Alignment unwanted = new Alignment(store(), host, false, () -> nanos, looks::add);
    unwanted.keep(Duration.ZERO);
    assertThat(unwanted.clock().instant()).isEqualTo(START);
    assertThat(asked).isZero();
  }
}
