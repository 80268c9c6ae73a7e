package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Rate;
import io.trigrun.spi.RateReservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Turns under rate limits: asked for in batches, by many at once, and kept while they are waited
 * for.
 */
public abstract class RateContract extends StoreContract {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Rate rate(String key, int limit) {
    return new Rate(key, limit, SECOND);
  }

  private List<Instant> reserve(int count, Instant from, Rate... rates) {
    return store().reserve(Collections.nCopies(count, new RateReservation(List.of(rates), from)));
  }

  @Test
  void the_first_turns_are_at_once_and_the_others_a_window_later_each() {
    assertThat(reserve(7, NOW, rate("key", 3)))
        .containsExactly(
            NOW,
            NOW,
            NOW,
            NOW.plusSeconds(1),
            NOW.plusSeconds(1),
            NOW.plusSeconds(1),
            NOW.plusSeconds(2));
  }

  @Test
  void turns_are_remembered_from_call_to_call() {
    assertThat(reserve(2, NOW, rate("key", 2))).containsOnly(NOW);

    Instant later = NOW.plusMillis(400);

    assertThat(reserve(1, later, rate("key", 2))).containsExactly(NOW.plusSeconds(1));
    assertThat(reserve(1, NOW.plusSeconds(3), rate("key", 2))).containsExactly(NOW.plusSeconds(3));
  }

  @Test
  void keys_do_not_mind_each_other() {
    assertThat(reserve(1, NOW, rate("a", 1))).containsExactly(NOW);
    assertThat(reserve(1, NOW, rate("b", 1))).containsExactly(NOW);
    assertThat(reserve(1, NOW, rate("A", 1))).as("keys are compared exactly").containsExactly(NOW);
  }

  @Test
  void a_turn_is_one_that_all_rates_allow() {
    assertThat(reserve(1, NOW, rate("job", 1))).containsExactly(NOW);

    assertThat(reserve(1, NOW, rate("job", 1), rate("host", 2)))
        .containsExactly(NOW.plusSeconds(1));
    assertThat(reserve(3, NOW, rate("host", 2)))
        .as("what is left of the host, before that turn and at it")
        .containsExactly(NOW, NOW, NOW.plusSeconds(1));
  }

  @Test
  void nothing_asked_is_nothing_given() {
    assertThat(store().reserve(List.of())).isEmpty();
  }

  @Test
  void many_who_ask_at_once_get_no_more_turns_than_there_are() throws Exception {
    Rate shared = rate("shared", 5);

    List<Instant> turns =
        Crowd.rush(
                8,
                member ->
                    IntStream.range(0, 10)
                        .boxed()
                        .flatMap(
                            round ->
                                reserve(
                                    3, NOW.plusMillis(round), shared, rate("own " + member, 1_000))
                                    .stream())
                        .toList())
            .stream()
            .flatMap(List::stream)
            .toList();

    assertThat(turns).hasSize(240);
    assertThat(RateWindow.most(turns, SECOND)).isEqualTo(5);
    assertThat(RateWindow.span(turns)).isBetween(Duration.ofSeconds(47), Duration.ofSeconds(48));
  }

  @Test
  void many_who_ask_for_the_same_keys_in_any_order_get_through() throws Exception {
    List<List<Instant>> turns =
        Crowd.rush(
            8,
            member -> {
              List<Rate> keys = Stream.of("a", "b", "c").map(key -> rate(key, 1_000)).toList();
              List<Rate> order =
                  member % 2 == 0 ? keys : List.of(keys.get(2), keys.get(1), keys.get(0));
              return IntStream.range(0, 20)
                  .mapToObj(i -> store().reserve(List.of(new RateReservation(order, NOW))).get(0))
                  .toList();
            });

    assertThat(turns).allSatisfy(each -> assertThat(each).containsOnly(NOW));
  }

  @Test
  void what_waits_for_its_turn_brings_it_along_when_it_is_claimed() {
    ClaimedExecution claimed = running(execution());
    assertThat(claimed.turn()).isEmpty();

    applied(TestTransition.retry(claimed, NOW.plusSeconds(5)).uncounted().turn("its turn"));

    assertThat(claim(NOW.plusSeconds(4))).isEmpty();
    ClaimedExecution again = claimOne(NOW.plusSeconds(5));
    assertThat(again.turn()).contains("its turn");
    assertThat(again.execution().attempt()).isEqualTo(1);

    applied(TestTransition.retry(again, NOW.plusSeconds(6)));
    assertThat(claimOne(NOW.plusSeconds(6)).turn()).as("it was used").isEmpty();
  }

  @Test
  void a_revived_execution_has_no_turn() {
    ClaimedExecution claimed = running(execution());
    applied(TestTransition.retry(claimed, NOW.plusSeconds(5)).turn("its turn"));
    assertThat(cancel(claimed.execution().id())).hasSize(1);

    assertThat(store().revive(claimed.execution().id(), NOW)).isTrue();

    assertThat(claimOne(NOW).turn()).isEmpty();
  }
}
