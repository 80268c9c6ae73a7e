package io.trigrun.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.command.CommandAction;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real processes: how much they may write, and how they end. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class CommandProcessTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String[] NONE = {};

  private final String[] asleep = {
    Long.toString(2_000_000_000L + ThreadLocalRandom.current().nextInt(1_000_000_000))
  };
  private final String sleep = "sleep " + asleep[0];

  private static CommandProcess start(String line, Map<String, String> variables, String... secrets)
      throws IOException {
    Map<String, String> all = new HashMap<>(variables);
    all.put(CommandEnvironment.EXECUTION, UUID.randomUUID().toString());
    all.put(CommandEnvironment.ATTEMPT, "1");
    return CommandProcess.start(
        CommandAction.shell(line).build(),
        new CommandEnvironment(all, List.of(secrets), Optional.empty()));
  }

  private Stream<ProcessHandle> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(process -> Arrays.equals(process.info().arguments().orElse(NONE), asleep));
  }

  private void awaitSleepers(int count) {
    while (sleepers().count() != count) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void a_hundred_megabytes_of_output_take_a_few_of_memory() throws Exception {
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    CommandProcess process = start("yes 0123456789 | head -c 100000000; echo end", Map.of());
    long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());

    CommandProcess.End end = process.await(LONG);

    long used = memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(used).isLessThan(8_000_000);
    assertThat(end.exitCode()).contains(0);
    assertThat(end.output().orElseThrow()).contains("100,000,004 bytes in all").endsWith("end\n");
  }

  @Test
  void values_of_secrets_are_handed_over_and_not_kept() throws Exception {
    CommandProcess process =
        start(
            "echo \"$PASSWORD\"; test \"$PASSWORD\" = hunter2",
            Map.of("PASSWORD", "hunter2"),
            "hunter2");

    assertThat(process.await(LONG))
        .isEqualTo(new CommandProcess.End(Optional.of(0), Optional.of("***\n")));
  }

  @Test
  void who_does_not_heed_the_request_to_end_is_killed() throws Exception {
    CommandProcess process =
        start("trap '' TERM; %s & %s & wait".formatted(sleep, sleep), Map.of());
    awaitSleepers(2);
    Thread.currentThread().interrupt();
    long start = System.nanoTime();

    assertThatThrownBy(() -> process.await(LONG)).isInstanceOf(InterruptedException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(CommandProcess.SHORT_GRACE, CommandProcess.GRACE);
    assertThat(sleepers()).isEmpty();
  }

  @Test
  void who_does_may_say_a_last_word() throws Exception {
    CommandProcess process =
        start("trap 'echo bye; exit 0' TERM; echo hello; %s & wait".formatted(sleep), Map.of());
    awaitSleepers(1);

    CommandProcess.End end = process.await(Duration.ZERO);

    assertThat(end.exitCode()).isEmpty();
    assertThat(end.output()).contains("hello\nbye\n");
    assertThat(sleepers()).isEmpty();
  }

  @Test
  void what_has_no_parent_any_more_ends_too() throws Exception {
    CommandProcess process =
        start("(setsid %s & ) ; (%s & ) ; %s".formatted(sleep, sleep, sleep), Map.of());
    awaitSleepers(3);

    assertThat(process.await(Duration.ZERO).exitCode()).isEmpty();

    assertThat(sleepers()).isEmpty();
  }

  @Test
  void other_runs_are_left_alone() throws Exception {
    CommandProcess other = start(sleep, Map.of());
    CommandProcess process = start(sleep, Map.of());
    awaitSleepers(2);

    assertThat(process.await(Duration.ZERO).exitCode()).isEmpty();
    assertThat(sleepers()).hasSize(1);
    assertThat(other.await(Duration.ZERO).exitCode()).isEmpty();
    assertThat(sleepers()).isEmpty();
  }
}
