package io.trigrun.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Lease;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged of ends that are not recorded, and what is not. */
class CommitLogTest {

  private static final Instant NOW = Instant.parse("2026-03-16T10:00:00Z");

  private final Transition end =
      Transition.to(ExecutionState.SUCCEEDED, new Lease(UUID.randomUUID(), 1), 1, NOW, NOW);
  private final List<Applied> replies = new ArrayList<>();
  private final Commits.Reply reply =
      new Commits.Reply() {
        @Override
        public void applied(Applied applied) {
          replies.add(applied);
        }

        @Override
        public void refused(StoreException why) {}
      };

  private static String logged(Runnable work) {
    PrintStream usual = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(usual);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_refusal_is_logged_without_what_the_driver_quotes() {
    Exception quoting = new IllegalStateException("failing row contains (secret)");
    String log =
        logged(
            () ->
                Commits.tellRefusal(
                    LoggerFactory.getLogger("io.trigrun.committer"),
                    end,
                    StoreException.refused("code 22021", quoting)));
    assertThat(log)
        .contains("refuses to record", end.lease().executionId().toString(), "code 22021")
        .doesNotContain("secret", "IllegalStateException");
  }

  @Test
  void what_waits_for_an_open_transaction_is_told_once_and_by_name() {
    Queue<Runnable> threads = new ArrayDeque<>();
    Queue<Runnable> alarms = new ArrayDeque<>();
    List<Duration> waits = new ArrayList<>();
    Commits apart =
        new ApartCommits(
            (transition, to) -> to.applied(new Applied.Done(List.of())),
            threads::add,
            (wait, action) -> {
              waits.add(wait);
              alarms.add(action);
            });
    apart.submit(end, reply);
    assertThat(waits).containsExactly(ApartCommits.WORTH_A_WARNING);
    assertThat(logged(() -> alarms.element().run()))
        .contains(end.lease().executionId().toString(), "for 10 s", "commit or roll back");
    threads.remove().run();
    assertThat(replies).hasSize(1);
    assertThat(logged(() -> alarms.remove().run())).isEmpty();
    assertThat(alarms).isEmpty();
  }
}
