package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.examples.server.Keyboard.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/cli.md shows of a shell is what comes. After a change {@code -Dtrigrun.docs.write=true}
 * writes it into the page.
 */
class CommandLineDocTest {

  private static final Path PAGE = Path.of("../../docs/cli.md");
  private static final String SERVER = "http://127.0.0.1:8080";
  private static final String TARGET = "https://api.example.com";

  private final Map<String, String> files = new HashMap<>();
  private final AtomicBoolean called = new AtomicBoolean();
  private final CountDownLatch watched = new CountDownLatch(1);
  private int lastExitCode;

  @TempDir private Path data;

  @Test
  void the_page_shows_what_comes() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer target = target(threads);
    String url = "http://127.0.0.1:" + target.getAddress().getPort();
    String page = Files.readString(PAGE);
    String real = page;
    Transcript transcript = new Transcript();
    try (ServerHere server = ServerHere.start(data)) {
      for (Transcript.Step step : Transcript.of(page)) {
        String command = transcript.real(step.command()).replace(TARGET, url);
        String came = said(server, command).replace(url, TARGET).replace(server.url(), SERVER);
        String answer = transcript.asShown(came, step.answer());
        if (!answer.equals(step.answer())) {
          String before = "$ " + step.command() + "\n" + step.answer();
          assertThat(page).containsOnlyOnce(before);
          real = real.replace(before, "$ " + step.command() + "\n" + answer);
        }
      }
    } finally {
      watched.countDown();
      target.stop(0);
      threads.shutdownNow();
    }
    if (Boolean.getBoolean("trigrun.docs.write")) {
      Files.writeString(PAGE, real);
    }
    assertThat(real).isEqualTo(page);
  }

  /** One path is gone; the other one answers when a watch has seen that it is waited for. */
  private HttpServer target(ExecutorService threads) throws IOException {
    HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.setExecutor(threads);
    target.createContext(
        "/",
        exchange -> {
          boolean gone = exchange.getRequestURI().getPath().equals("/gone");
          called.set(true);
          try {
            if (!gone) {
              watched.await();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(gone ? 404 : 200, -1);
          exchange.close();
        });
    target.start();
    return target;
  }

  private String said(ServerHere server, String command) {
    if (command.equals("echo $?")) {
      return Integer.toString(lastExitCode);
    }
    String[] pipe = command.split(" \\| ", -1);
    Keyboard user = Keyboard.at(server.url(), ServerHere.TOKEN);
    int own = 0;
    if (!isOurs(pipe[0])) {
      own = 1;
      user = user.pipes(files.computeIfAbsent(pipe[0], this::given));
      if (pipe.length == 1) {
        return files.get(pipe[0]);
      }
    }
    if (pipe[own].contains(" watch ")) {
      waitUntilItShowsTheSame(user, pipe[own].replaceAll(".* watch ", ""));
      user = user.reading(text -> watched.countDown());
    }
    Said said = user.types(pipe[own]);
    lastExitCode = said.exitCode();
    return pipe.length == own + 1 ? said.err() + said.out() : head(said.out(), pipe[own + 1]);
  }

  /** What waits for the watch runs by then, and what does not has ended. */
  private void waitUntilItShowsTheSame(Keyboard user, String execution) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> user.does("executions get " + execution + " --json").at("/status"),
            it ->
                watched.getCount() == 0
                    ? it.equals("failed")
                    : called.get() && it.equals("running"));
  }

  private static boolean isOurs(String command) {
    return command.startsWith("trigrun ") || command.startsWith("cronctl ");
  }

  private static String head(String text, String command) {
    assertThat(command).startsWith("head -n ");
    int lines = Integer.parseInt(command.substring("head -n ".length()));
    return String.join("\n", text.lines().limit(lines).toList());
  }

  /** What other programs say, as the page shows it. */
  private String given(String command) {
    try {
      return Transcript.of(Files.readString(PAGE)).stream()
          .filter(step -> step.command().equals(command))
          .findFirst()
          .map(step -> step.answer() + "\n")
          .orElse("s3cr3t-s3cr3t\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
