package io.trigrun.internal.command;

import io.trigrun.command.CommandAction;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process under way. One thread does it all, by looking again and again: it reads what is there,
 * without ever waiting for output, so it can be interrupted, keeps the time, and is not held up by
 * what a command leaves running in the background with its output still open.
 */
final class CommandProcess {

  /**
   * How it ended.
   *
   * @param exitCode empty if its time was up
   * @param output what it wrote, as kept
   */
  record End(Optional<Integer> exitCode, Optional<String> output) {}

  /** Between the request to end and the end. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /**
   * The same for a run that is not wanted any more: a node that stops waits a second for what it
   * has interrupted.
   */
  static final Duration SHORT_GRACE = Duration.ofMillis(500);

  private static final long LONGEST_PAUSE_MILLIS = 32;

  /** More than any pipe holds, so a look is short however much is written meanwhile. */
  private static final int MOST_PER_LOOK = 1 << 20;

  private final Process process;
  private final ProcessTree tree;
  private final CommandOutput output;
  private final InputStream pipe;
  private final byte[] buffer = new byte[8 * 1024];

  private CommandProcess(Process process, ProcessTree tree, CommandOutput output) {
    this.process = process;
    this.tree = tree;
    this.output = output;
    this.pipe = process.getInputStream();
  }

  /**
   * Starts it.
   *
   * @throws IOException if there is no such program or directory, or the system has no room
   */
  static CommandProcess start(CommandAction action, CommandEnvironment environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(action.commandLine()).redirectErrorStream(true);
    environment.applyTo(builder.environment(), action.inheritEnvironment());
    Optional<File> directory = action.workingDirectory().map(File::new);
    if (directory.isPresent() && !directory.get().isDirectory()) {
      throw new IOException("there is no directory " + directory.get());
    }
    directory
        .or(() -> Optional.of(new File(builder.environment().getOrDefault("HOME", ""))))
        .filter(File::isDirectory)
        .ifPresent(builder::directory);
    Process process = builder.start();
    feed(process, action.stdin().orElse(""));
    return new CommandProcess(
        process,
        ProcessTree.of(process.toHandle(), environment.variables()),
        new CommandOutput(environment.secrets()));
  }

  /** The text fits into an empty pipe: this waits for nobody. */
  private static void feed(Process process, String stdin) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(stdin.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended without reading: its own affair.
    }
  }

  /**
   * Waits for its end. When its time is up, or the caller is interrupted, it is ended with all that
   * it has started; the caller hears of that when nothing is left of them.
   */
  End await(Duration timeout) throws InterruptedException {
    try {
      boolean ended = isOverWithin(timeout.toNanos());
      if (!ended) {
        tree.end(GRACE, this::read);
      }
      read();
      return new End(ended ? Optional.of(process.exitValue()) : Optional.empty(), output.text());
    } catch (InterruptedException e) {
      tree.end(SHORT_GRACE, this::read);
      throw e;
    } finally {
      close();
    }
  }

  private boolean isOverWithin(long nanos) throws InterruptedException {
    long start = System.nanoTime();
    long pause = 1;
    while (process.isAlive()) {
      if (System.nanoTime() - start >= nanos) {
        return false;
      }
      int read = read();
      if (read >= MOST_PER_LOOK) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        continue;
      }
      pause = read > 0 ? 1 : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      if (process.waitFor(pause, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return true;
  }

  /** Reads what is there, without waiting for more. Returns how many bytes those were. */
  private int read() {
    int read = 0;
    try {
      while (read < MOST_PER_LOOK) {
        int ready = Math.min(pipe.available(), buffer.length);
        int count = ready > 0 ? pipe.read(buffer, 0, ready) : 0;
        if (count <= 0) {
          break;
        }
        output.add(buffer, count);
        read += count;
      }
    } catch (IOException e) {
      // The JVM closes the pipe of a process that has ended; what was in it has been read.
    }
    return read;
  }

  private void close() {
    try {
      pipe.close();
    } catch (IOException e) {
      // Nobody is left to be told.
    }
  }
}
