package io.trigrun.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Failure;
import io.trigrun.QueueBacklog;
import io.trigrun.contract.TestExecution;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Counting goes through a heap from its root: it finds what a look at everything finds. */
class BacklogPropertyTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @Property(tries = 300)
  void what_is_counted_is_what_is_due(
      @ForAll @Size(max = 200) List<@IntRange(min = -50, max = 50) Integer> dues,
      @ForAll @IntRange(min = 1, max = 250) int most,
      @ForAll @IntRange(min = 1, max = 5) int everyNthIsCancelled) {
    try (InMemoryJobStore store = new InMemoryJobStore()) {
      List<NewExecution> all =
          dues.stream()
              .map(seconds -> TestExecution.execution().due(NOW.plusSeconds(seconds)).build())
              .toList();
      store.write(WriteSet.enqueue(all));
      List<NewExecution> gone =
          all.stream().filter(each -> all.indexOf(each) % everyNthIsCancelled == 1).toList();
      store.write(
          new WriteSet(
              List.of(),
              List.of(),
              gone.stream()
                  .map(each -> new Cancellation(each.id(), new Failure("TEST", "gone"), NOW))
                  .toList()));

      List<Instant> due =
          all.stream()
              .filter(each -> !gone.contains(each))
              .map(NewExecution::dueAt)
              .filter(at -> !at.isAfter(NOW))
              .toList();
      Optional<Instant> oldest = due.stream().min(Comparator.naturalOrder());
      assertThat(store.backlog(List.of("queue"), NOW, most))
          .containsExactly(new QueueBacklog("queue", Math.min(most, due.size()), oldest, NOW));
    }
  }
}
