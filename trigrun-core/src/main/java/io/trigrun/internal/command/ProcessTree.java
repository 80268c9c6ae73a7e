package io.trigrun.internal.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process and all that it has started, also what its parent has left behind and thereby nobody's
 * child: on Linux such processes are known by the variables of their run, which they have
 * inherited.
 */
final class ProcessTree {

  private static final Path PROCESSES = Path.of("/proc");

  /** How long those left get that the first process has left alone when it was told to end. */
  private static final long ORPHANS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** What can't be killed within that waits for a device, and ends when that answers. */
  private static final long LAST_RESORT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ProcessHandle root;
  private final List<String> marks;
  private final Set<ProcessHandle> known = new HashSet<>();

  private ProcessTree(ProcessHandle root, List<String> marks) {
    this.root = root;
    this.marks = marks;
  }

  /** The tree of a process that was started with these variables. */
  static ProcessTree of(ProcessHandle root, Map<String, String> variables) {
    return new ProcessTree(
        root,
        List.of(
            CommandEnvironment.EXECUTION + "=" + variables.get(CommandEnvironment.EXECUTION),
            CommandEnvironment.ATTEMPT + "=" + variables.get(CommandEnvironment.ATTEMPT)));
  }

  /**
   * Asks all of them to end and kills those that still live after the grace. Returns when none is
   * left, or can't be killed. Goes on when interrupted, and leaves the thread interrupted then.
   *
   * @param meanwhile done again and again while they end
   */
  void end(Duration grace, Runnable meanwhile) {
    long deadline = System.nanoTime() + grace.toNanos();
    boolean interrupted = false;
    boolean orphaned = false;
    Set<ProcessHandle> asked = new HashSet<>();
    Set<ProcessHandle> alive = alive();
    while (!alive.isEmpty() && System.nanoTime() - deadline < LAST_RESORT_NANOS) {
      if (!orphaned && !alive.contains(root)) {
        orphaned = true;
        deadline = Math.min(deadline, System.nanoTime() + ORPHANS_NANOS);
      }
      boolean kill = System.nanoTime() - deadline >= 0;
      for (ProcessHandle process : alive) {
        if (kill) {
          process.destroyForcibly();
        } else if (asked.add(process)) {
          process.destroy();
        }
      }
      meanwhile.run();
      interrupted |= Thread.interrupted();
      LockSupport.parkNanos(PAUSE_NANOS);
      alive = alive();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<ProcessHandle> alive() {
    known.add(root);
    for (ProcessHandle process : List.copyOf(known)) {
      process.descendants().forEach(known::add);
    }
    addMarked();
    known.remove(ProcessHandle.current());
    Set<ProcessHandle> alive = new HashSet<>(known);
    alive.removeIf(process -> !process.isAlive() || isZombie(process));
    return alive;
  }

  private void addMarked() {
    if (!Files.isReadable(PROCESSES.resolve("self/environ"))) {
      return;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (isMarked(process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(known::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Then the descendants must do.
    }
  }

  private boolean isMarked(Path process) {
    String variables = text(process.resolve("environ"));
    return variables.contains(marks.get(0))
        && new HashSet<>(Arrays.asList(variables.split("\0"))).containsAll(marks);
  }

  /** Ended, but its parent has not asked how. */
  private static boolean isZombie(ProcessHandle process) {
    String stat = text(PROCESSES.resolve(process.pid() + "/stat"));
    return stat.startsWith(") Z", stat.lastIndexOf(')'));
  }

  /** Empty if it is not there, or somebody else's. */
  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
