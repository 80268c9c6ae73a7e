package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does to what runs. */
class StopTest {

  @TempDir Path temporary;

  @Test
  void work_that_runs_is_handed_back_and_taken_up_at_once_by_the_next_start() throws Exception {
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.setExecutor(threads);
    target.createContext(
        "/",
        exchange -> {
          calls.add(exchange.getRequestHeaders().getFirst("X-TrigRun-Execution-Id"));
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    target.start();
    try {
      // by its name: what is allowed by address is allowed by the name of this machine, too
      Path file =
          Files.writeString(
              temporary.resolve("jobs.yaml"),
              "jobs: {slow: {run_at: now, request: {url: \"http://localhost:%d/\"}}}"
                  .formatted(target.getAddress().getPort()));
      List<String> arguments =
          List.of(
              "--port=0",
              "--data=" + temporary,
              "--schedule-file=" + file,
              "--allow-network=127.0.0.0/8",
              "--stop-grace=0");
      String run;
      try (ServerProcess first = ServerProcess.launch(Map.of(), arguments)) {
        first.line("ready: ");
        run = calls.poll(60, TimeUnit.SECONDS);
        assertThat(run).isNotNull();
        first.terminate();
        assertThat(first.end()).isZero();
        assertThat(first.told()).last().isEqualTo("stopped");
      }
      assertThat(calls).isEmpty();
      try (ServerProcess second = ServerProcess.launch(Map.of(), arguments)) {
        second.line("ready: ");
        // a lease that nobody had handed back would last for 30 seconds
        assertThat(calls.poll(15, TimeUnit.SECONDS)).isEqualTo(run);
      }
    } finally {
      end.countDown();
      target.stop(0);
      threads.shutdownNow();
    }
  }
}
