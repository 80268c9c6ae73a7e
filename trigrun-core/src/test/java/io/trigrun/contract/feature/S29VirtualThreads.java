package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionRequest;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.http.HttpAction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S29: virtual threads where the JVM has them; thousands of calls in flight on few threads. */
@Timeout(120)
public abstract class S29VirtualThreads extends FeatureTest {

  private static final int CALLS = 2_000;

  private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
    return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
  }

  @Test
  void handlers_run_on_virtual_threads_where_the_jvm_has_them_else_on_the_pool() throws Exception {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    TrigRun trigrun =
        started(
            live("node")
                .handler(
                    "work", Json.class, (payload, job) -> threads.add(Thread.currentThread())));
    assertThat(trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).duplicate())
        .isFalse();

    Thread thread = threads.poll(20, TimeUnit.SECONDS);

    assertThat(thread).isNotNull();
    assertThat(thread.getName()).startsWith("trigrun-worker-");
    if (Runtime.version().feature() >= 21) {
      assertThat(isVirtual(thread)).isTrue();
    } else {
      assertThat(thread.isDaemon()).isTrue();
    }
  }

  @Test
  void two_thousand_calls_are_in_flight_at_once_on_few_platform_threads() throws Exception {
    try (HoldingServer server = new HoldingServer(CALLS)) {
      Watch watch = new Watch();
      int before = Thread.activeCount(); // of tests before this one, and their servers
      TrigRun trigrun = open(live("node").queue("http", CALLS).listener(watch));
      Job job =
          trigrun
              .jobs()
              .create(
                  JobSpec.named("call")
                      .action(HttpAction.get("http://127.0.0.1:" + server.port() + "/").build())
                      .build());
      for (int i = 0; i < CALLS; i++) {
        assertThat(trigrun.jobs().runNow(job.id()).attempt()).isZero();
      }
      trigrun.start();

      int platformThreads = server.holdAllThenAnswer();
      watch.awaitEnded(CALLS);

      assertThat(platformThreads - before).as("platform threads of the node").isLessThan(140);
    }
  }

  /** Answers nobody until everybody is there: on one thread, the test's. */
  private static final class HoldingServer implements AutoCloseable {
    private static final byte[] ANSWER =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
            .getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final int expected;

    HoldingServer(int expected) throws IOException {
      this.expected = expected;
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), expected);
      listener.configureBlocking(false);
      SelectionKey unused = listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    int port() throws IOException {
      return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** The most platform threads seen while the calls were coming in and held. */
    int holdAllThenAnswer() throws IOException {
      Set<SocketChannel> asked = new HashSet<>();
      int most = 0;
      ByteBuffer request = ByteBuffer.allocate(4_096);
      while (asked.size() < expected) {
        int ignored = selector.select(1_000);
        most = Math.max(most, Thread.activeCount());
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isAcceptable()) {
            accept();
          } else if (((SocketChannel) key.channel()).read(request.clear()) > 0) {
            asked.add((SocketChannel) key.channel());
          }
        }
        selector.selectedKeys().clear();
      }
      for (SocketChannel channel : asked) {
        int written = channel.write(ByteBuffer.wrap(ANSWER));
        assertThat(written).isEqualTo(ANSWER.length);
        channel.close();
      }
      return most;
    }

    private void accept() throws IOException {
      SocketChannel channel = listener.accept();
      while (channel != null) {
        channel.configureBlocking(false);
        SelectionKey unused = channel.register(selector, SelectionKey.OP_READ);
        channel = listener.accept();
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    }
  }
}
