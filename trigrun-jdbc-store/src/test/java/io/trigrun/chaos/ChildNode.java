package io.trigrun.chaos;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ChaosNode} as its parent process has it. */
final class ChildNode implements AutoCloseable {

  private final String name;
  private final Process process;

  private ChildNode(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static ChildNode start(String url, String name, String handlers, int orders) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChaosNode.class.getName(),
                url,
                name,
                handlers,
                Integer.toString(orders)));
    File log = new File("target/chaos-" + name + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    return new ChildNode(name, process);
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("expected " + name + " to be dead");
    }
  }

  void freeze() throws Exception {
    signal("-STOP");
  }

  void thaw() throws Exception {
    signal("-CONT");
  }

  private void signal(String which) throws Exception {
    int exit =
        new ProcessBuilder("kill", which, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException("expected kill " + which + " to work, got " + exit);
    }
  }

  /** Asks it to stop, and waits until it has. */
  int stop() throws Exception {
    try (OutputStream input = process.getOutputStream()) {
      input.write('\n');
      input.flush();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("expected " + name + " to stop");
      }
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
