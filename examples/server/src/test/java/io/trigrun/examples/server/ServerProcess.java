package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, as {@code java -jar} starts it. */
final class ServerProcess implements AutoCloseable {

  private static final int SECONDS = 120; // on a machine that has other things to do
  private static final String END = "(end)";

  private final Process process;
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  private ServerProcess(Process process) {
    this.process = process;
    this.readers =
        List.of(reading(process.getInputStream(), output), reading(process.getErrorStream(), log));
  }

  /** Without waiting for anything. */
  static ServerProcess launch(Map<String, String> environment, List<String> arguments) {
    return launch(environment, List.of(), arguments);
  }

  static ServerProcess launch(
      Map<String, String> environment, List<String> jvm, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    Optional<String> jar = Optional.ofNullable(System.getProperty("trigrun.server.jar"));
    command.addAll(
        jar.map(path -> List.of("-jar", path))
            .orElse(
                List.of(
                    "-cp", System.getProperty("java.class.path"), TrigrunServer.class.getName())));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("TRIGRUN_"));
    builder.environment().putAll(environment);
    try {
      return new ServerProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread reading(InputStream stream, Collection<String> lines) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                text.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException e) {
                lines.add(e.toString());
              }
              lines.add(END);
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** The next line of the output that begins so, without the beginning. */
  String line(String beginning) throws InterruptedException {
    while (true) {
      String line = output.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(line).as("log: %s, told: %s", log, told).isNotNull().isNotEqualTo(END);
      told.add(line);
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
  }

  /** What it has told so far. */
  List<String> told() {
    return List.copyOf(told);
  }

  /** What is in its log, which is stderr. */
  String log() {
    return String.join("\n", log);
  }

  void terminate() {
    process.toHandle().destroy(); // SIGTERM; and what it says then can still be read
  }

  /** The exit code; everything that it told has been read then. */
  int end() throws InterruptedException {
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    for (Thread reader : readers) {
      reader.join();
    }
    output.drainTo(told);
    told.remove(END);
    log.remove(END);
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
