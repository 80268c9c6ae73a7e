package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a program of its own, once the jars are there, beside the server as one. */
@EnabledIfSystemProperty(named = "trigrun.cli", matches = ".+")
@EnabledOnOs({OS.LINUX, OS.MAC})
class CommandLineJarTest {

  private static final String TOKEN = "trk_token-of-the-tests-0123456789";

  private final Path folder = Path.of(System.getProperty("trigrun.cli", ""));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);

  @TempDir private Path temporary;

  @Test
  void jar_and_scripts_work_and_a_watch_ends_by_ctrl_c() throws Exception {
    HttpServer slow = slow();
    try (ServerProcess server =
        ServerProcess.launch(
            Map.of("TRIGRUN_TOKEN", TOKEN),
            List.of("--port=0", "--data=" + temporary, "--allow-network=127.0.0.0/8"))) {
      String url = server.line("ready: ");
      String jar = folder.resolve("target/trigrun.jar").toString();
      String java = ProcessHandle.current().info().command().orElse("java");
      assertThat(said(start(url, java, "-jar", jar, "monitors", "list"))).isEqualTo("None.\n");
      Path link = Files.createSymbolicLink(temporary.resolve("cronctl"), script("trigrun"));
      assertThat(said(start(url, link.toString(), "jobs", "--help")))
          .startsWith("Usage: cronctl jobs");
      assertThat(said(start(url, script("cronctl").toString(), "nonsense")))
          .contains("See cronctl --help");
      String target = "http://127.0.0.1:" + slow.getAddress().getPort();
      said(start(url, create("slow", target)));

      String executions =
          said(start(url, script("trigrun").toString(), "executions", "list", "--json"));

      String id = executions.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
      Process watch = start(url, script("trigrun").toString(), "executions", "watch", id);
      try (BufferedReader lines = watch.inputReader(UTF_8)) {
        assertThat(lines.readLine()).startsWith(id + " · ");
        String signal = isInterruptIgnored() ? "-TERM" : "-INT";
        ended(new ProcessBuilder("kill", signal, Long.toString(watch.pid())).start());
        assertThat(ended(watch)).isEqualTo(signal.equals("-INT") ? 130 : 143);
      }
    } finally {
      end.countDown();
      slow.stop(0);
      threads.shutdownNow();
    }
  }

  /** As for all that a shell has started in the background: nobody is there to press Ctrl-C. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status"); // Linux only; elsewhere somebody is there
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private String[] create(String name, String target) {
    return new String[] {
      script("trigrun").toString(), "jobs", "create", "--name", name, "--now", "--url", target
    };
  }

  private Path script(String name) {
    return folder.resolve("bin").resolve(name).toAbsolutePath().normalize();
  }

  /** Answers nobody until the end. */
  private HttpServer slow() throws IOException {
    HttpServer slow =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slow.setExecutor(threads);
    slow.createContext(
        "/",
        exchange -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    slow.start();
    return slow;
  }

  private static Process start(String url, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("TRIGRUN_API_URL", url, "TRIGRUN_TOKEN", TOKEN));
    return builder.start();
  }

  private static String said(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    int unused = ended(process);
    assertThat(said).doesNotContain(TOKEN);
    return said;
  }

  private static int ended(Process process) throws InterruptedException {
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
