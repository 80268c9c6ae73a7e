package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.end;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Lease;
import io.trigrun.spi.WakeResult;
import io.trigrun.spi.WakeUp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything at once on the same executions: what must hold is counted. */
public abstract class RacesContract extends StoreContract {

  private static final int THREADS = 8;
  private static final int ROUNDS = 60;

  @Test
  void an_execution_ends_once_whoever_ends_it() throws Exception {
    List<TestExecution> all = Stream.generate(TestExecution::execution).limit(120).toList();
    enqueue(all);
    Map<UUID, AtomicInteger> ends = new ConcurrentHashMap<>();
    all.forEach(one -> ends.put(one.id(), new AtomicInteger()));
    Crowd.rush(
        THREADS,
        member -> {
          Random random = new Random(member);
          for (int round = 0; round < ROUNDS; round++) {
            // Time runs ahead, so that leases end in other hands.
            for (ClaimedExecution claimed :
                claim(request(NOW.plusSeconds(round * 30L), 4)).executions()) {
              if (random.nextInt(4) > 0) {
                end(claimed, ends);
              }
            }
            UUID victim = all.get(random.nextInt(all.size())).id();
            if (random.nextInt(8) == 0) {
              cancel(victim).forEach(id -> count(ends, id));
            }
            store().wake(wakeUp(victim, "key", "1"));
          }
          return true;
        });
    for (ClaimedExecution left : claim(request(NOW.plusSeconds(99_999), 1_000)).executions()) {
      end(left, ends);
    }
    assertThat(ends.values()).extracting(AtomicInteger::get).containsOnly(1);
    assertThat(store().findExecutions(ends.keySet()))
        .hasSize(all.size())
        .allMatch(one -> one.state().isFinal() && one.finishedAt().isPresent());
  }

  @Test
  void only_one_holds_a_lease() throws Exception {
    enqueue(Stream.generate(TestExecution::execution).limit(20).toList());
    Set<Lease> leases = ConcurrentHashMap.newKeySet();
    AtomicInteger claims = new AtomicInteger();
    Crowd.rush(
        THREADS,
        member -> {
          for (int round = 0; round < ROUNDS; round++) {
            List<ClaimedExecution> claimed =
                claim(request(NOW.plusSeconds(round * 20L), 5)).executions();
            claims.addAndGet(claimed.size());
            claimed.forEach(one -> leases.add(one.lease()));
            store()
                .extendLeases(
                    claimed.stream().map(ClaimedExecution::lease).toList(),
                    NOW.plusSeconds(round * 20L + 30));
          }
          return true;
        });
    assertThat(leases).hasSize(claims.get());
  }

  @Test
  void a_wake_up_that_races_the_park_is_never_lost() throws Exception {
    for (int round = 0; round < 20; round++) {
      ClaimedExecution claimed = running(execution());
      WakeUp input = wakeUp(claimed.execution().id(), "key", "1");
      List<Object> results =
          Crowd.rush(
              2,
              member ->
                  member == 0
                      ? store().wake(input)
                      : apply(park(claimed, NOW.plusSeconds(3_600), "key")));
      assertThat(results.get(0)).isIn(new WakeResult.Woken(), new WakeResult.Kept());
      ClaimedExecution woken = claimOne(NOW.plusSeconds(1));
      assertThat(woken.wakeUps()).containsExactly(input);
      applied(succeed(woken));
    }
  }

  private void end(ClaimedExecution claimed, Map<UUID, AtomicInteger> ends) {
    if (apply(succeed(claimed)) instanceof Applied.Done) {
      count(ends, claimed.execution().id());
    }
  }

  private static void count(Map<UUID, AtomicInteger> ends, UUID id) {
    Objects.requireNonNull(ends.get(id)).incrementAndGet();
  }
}
